package dev.statedict;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The member names of the module being visited. Generated modules cannot repeat or misname one, the compiler saw to that;
 * classes written by hand can. A module has few members, so looking through them beats hashing them.
 */
final class MemberNames {
    private String[] names = new String[16];
    private int first;
    private int count;

    /** What is wrong with a name, in the words of PyTorch's {@code register_parameter}; null when nothing is. */
    static @Nullable String problem(String name) {
        if (name.isEmpty()) {
            return "a key can't be the empty string \"\"";
        }
        if (name.indexOf('.') >= 0) {
            return "a key can't contain \".\"";
        }
        boolean reserved =
                name.charAt(0) == '_' && (name.equals(StateAssigner.EXTRA_STATE) || name.equals("__metadata__"));
        return reserved ? "this key is reserved" : null;
    }

    /** Starts a module's names; the result goes to {@link #end}. */
    int begin() {
        int outer = first;
        first = count;
        return outer;
    }

    void end(int outer) {
        count = first;
        first = outer;
    }

    /** Whether the name is new to the module. */
    boolean add(String name) {
        for (int i = first; i < count; i++) {
            if (names[i].equals(name)) {
                return false;
            }
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
        }
        names[count++] = name;
        return true;
    }
}
