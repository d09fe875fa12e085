package dev.statedict.io.copy;

import dev.statedict.io.read.FileTensor;
import dev.statedict.tensor.Tensor;
import java.util.function.Supplier;

/** Where the elements of an entry come from when they are wanted. */
sealed interface Source {
    /**
     * A tensor of a file, as it is.
     *
     * @param origin the file
     * @param key its key there
     * @param tensor where it lies
     */
    record Stored(Origin origin, String key, FileTensor tensor) implements Source {}

    /**
     * What a mapping makes of some.
     *
     * @param making reads and makes it anew each time; throws an {@link java.io.UncheckedIOException} where that fails
     */
    record Made(Supplier<Tensor> making) implements Source {}
}
