package dev.statedict.processor;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Values that tell every element of a state dict from every other, and every bit of it. */
final class RandomValues {
    private RandomValues() {}

    /** A dict of the same keys, types and shapes. */
    static StateDict like(StateDict dict, Random random) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        dict.forEach((key, tensor) -> values.put(key, like(tensor, random)));
        return StateDict.of(values);
    }

    private static Tensor like(Tensor tensor, Random random) {
        Tensor values = Tensor.zeros(tensor.elementType(), tensor.numel());
        for (int i = 0; i < values.numel(); i++) {
            switch (values.elementType()) {
                case F32 -> values.set((float) random.nextGaussian(), i);
                case F64 -> values.set(random.nextGaussian(), i);
                case I32 -> values.setLong(random.nextInt(), i);
                case I64 -> values.setLong(random.nextLong(), i);
                case BOOL -> values.setLong(random.nextInt(2), i);
            }
        }
        return values.reshape(tensor.shape());
    }
}
