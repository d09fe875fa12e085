package dev.statedict.tree;

import dev.statedict.Stateful;
import dev.statedict.tensor.AsTensor;
import dev.statedict.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The tensors that objects of the user's are seen as. */
final class SeenTensor {
    private SeenTensor() {}

    /** What an object of the user's is seen as. */
    static @Nullable Tensor of(String name, @Nullable AsTensor value) {
        if (value == null) {
            return null;
        }
        Tensor tensor = value.asTensor();
        if (tensor == null || value instanceof Stateful) {
            throw new IllegalStateException(
                    "\"" + name + "\" is a " + value.getClass().getSimpleName()
                            + (tensor == null
                                    ? ", whose asTensor() returned null"
                                    : ", which is both an AsTensor and a module; let it be one of them"));
        }
        return tensor;
    }

    /** The exception for a value that is none, nor seen as one. */
    static IllegalArgumentException none(String name, Object value) {
        return new IllegalArgumentException("\"" + name + "\" holds a "
                + value.getClass().getName()
                + ", which is neither a Tensor, an AsTensor, nor an array of numbers");
    }
}
