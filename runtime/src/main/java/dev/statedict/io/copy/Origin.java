package dev.statedict.io.copy;

import dev.statedict.Role;
import dev.statedict.StoredType;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.read.FileTensor;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.util.Map;

/** The open checkpoint that entries come from; for any number of threads. */
public interface Origin {
    /**
     * Reads tensors, and checks them as all that are read.
     *
     * @param tensors by key
     * @return fresh tensors that share what these share
     * @throws IOException when they cannot be read
     */
    Map<String, Tensor> read(Map<String, FileTensor> tensors) throws IOException;

    /**
     * What an entry is.
     *
     * @param key its key in the file
     * @return its role
     */
    Role role(String key);

    /**
     * The type that an entry remembers.
     *
     * @param key its key in the file
     * @return as which it was stored once; the type that it has in the file, or another one, which need not hold every element
     */
    StoredType rememberedType(String key);

    /**
     * Whether the file has a digest of a tensor.
     *
     * @param key its key in the file
     * @return whether it has
     */
    boolean hasDigest(String key);

    /**
     * Checks a digest.
     *
     * @param key that of a tensor in the file
     * @param found the digest that it has
     * @throws IOException when the file has another, naming the file
     */
    void requireDigest(String key, String found) throws IOException;

    /**
     * A problem of the file.
     *
     * @param problem the place and the rule
     * @return the same, which names the file
     */
    IOException named(FormatException problem);
}
