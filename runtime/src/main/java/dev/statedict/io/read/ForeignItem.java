package dev.statedict.io.read;

/**
 * Something in a file that is neither a tensor of Java's nor a plain value. The rest of the file is read without it.
 *
 * @param what what it is: {@code an argparse.Namespace}
 * @param mend what to do about it: {@code save vars(namespace) instead}
 */
public record ForeignItem(String what, String mend) {
    @Override
    public String toString() {
        return what + "; " + mend;
    }
}
