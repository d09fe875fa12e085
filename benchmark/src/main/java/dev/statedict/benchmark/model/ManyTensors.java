package dev.statedict.benchmark.model;

import dev.statedict.Parameter;
import dev.statedict.Policy;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A thousand parameters of one size, which takes over what is loaded. */
@StateModule(loadStateDict = Policy.ALIAS)
public final class ManyTensors implements ManyTensorsState {
    /** How many there are. */
    public static final int COUNT = 1000;

    @Parameter
    final List<Tensor> tensors = new ArrayList<>(COUNT);

    /**
     * Parameters that differ from each other.
     *
     * @param elements the number of elements of each
     */
    public ManyTensors(int elements) {
        for (int i = 0; i < COUNT; i++) {
            Tensor tensor = Tensor.zeros(elements);
            tensor.fill(i);
            tensors.add(tensor);
        }
    }
}
