package dev.statedict.benchmark.model;

import dev.statedict.Parameter;
import dev.statedict.Policy;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Parameters of one size, which takes over what is loaded. */
@StateModule(loadStateDict = Policy.ALIAS)
public final class ManyTensors implements ManyTensorsState {
    /** How many there are, if nothing else is said. */
    public static final int COUNT = 1000;

    @Parameter
    final List<Tensor> tensors = new ArrayList<>();

    /**
     * A thousand that differ from each other.
     *
     * @param elements the number of elements of each
     */
    public ManyTensors(int elements) {
        this(COUNT, elements);
    }

    /**
     * Parameters that differ from each other.
     *
     * @param count how many
     * @param elements the number of elements of each
     */
    public ManyTensors(int count, int elements) {
        for (int i = 0; i < count; i++) {
            Tensor tensor = Tensor.zeros(elements);
            tensor.fill(i);
            tensors.add(tensor);
        }
    }
}
