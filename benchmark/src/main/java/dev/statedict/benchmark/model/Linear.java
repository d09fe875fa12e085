package dev.statedict.benchmark.model;

import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;

/** PyTorch's {@code nn.Linear}, as far as its state goes. */
@StateModule
public final class Linear implements LinearState {
    @Parameter
    Tensor weight; // [out, in]

    @Parameter
    Tensor bias; // [out]

    /**
     * A layer of ones.
     *
     * @param in the number of inputs
     * @param out the number of outputs
     */
    public Linear(int in, int out) {
        this(ElementType.F32, in, out);
    }

    /**
     * A layer of ones.
     *
     * @param type of what they are
     * @param in the number of inputs
     * @param out the number of outputs
     */
    public Linear(ElementType type, int in, int out) {
        weight = Tensor.zeros(type, out, in);
        bias = Tensor.zeros(type, out);
        weight.fill(1);
        bias.fill(1);
    }

    /** {@return the weight itself, [out, in]} */
    public Tensor weight() {
        return weight;
    }

    /** {@return the bias itself, [out]} */
    public Tensor bias() {
        return bias;
    }
}
