package dev.statedict.sample;

import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.TensorMath;
import java.util.Random;

/** An affine map, {@code x W^T + b}: PyTorch's {@code nn.Linear}. Its state dict aliases, as PyTorch's does. */
@StateModule
public final class Linear implements LinearState {
    @Parameter
    Tensor weight; // [out, in]

    @Parameter
    Tensor bias; // [out]

    /**
     * A layer with the given parameters, which it shares.
     *
     * @param weight {@code [out, in]}
     * @param bias {@code [out]}
     */
    public Linear(Tensor weight, Tensor bias) {
        this.weight = weight;
        this.bias = bias;
    }

    /**
     * A layer of random parameters, drawn as {@code nn.Linear} does: uniformly from ±1/sqrt(in).
     *
     * @param in the number of inputs
     * @param out the number of outputs
     * @param random where to draw from
     * @return a new layer
     */
    public static Linear random(int in, int out, Random random) {
        float bound = (float) (1 / Math.sqrt(in));
        return new Linear(uniform(bound, random, out, in), uniform(bound, random, out));
    }

    /**
     * Applies the layer.
     *
     * @param x {@code [batch, in]}
     * @return a new tensor, {@code [batch, out]}
     */
    public Tensor forward(Tensor x) {
        Tensor y = Tensor.zeros(x.size(0), weight.size(0));
        forward(x, y);
        return y;
    }

    /**
     * Applies the layer.
     *
     * @param x {@code [batch, in]}
     * @param y where to write, {@code [batch, out]}
     */
    public void forward(Tensor x, Tensor y) {
        TensorMath.matmul(x, weight.transpose(0, 1), y);
        TensorMath.addInPlace(y, bias);
    }

    /**
     * Carries a gradient back through the layer.
     *
     * @param x what it was applied to, {@code [batch, in]}
     * @param dy the gradient by its result, {@code [batch, out]}
     * @param gradient where to write the gradients by its weight ({@code dy^T x}) and bias (the column sums of
     *     {@code dy})
     */
    public void backward(Tensor x, Tensor dy, Linear gradient) {
        TensorMath.matmul(dy.transpose(0, 1), x, gradient.weight);
        TensorMath.sum(dy, 0, gradient.bias);
    }

    private static Tensor uniform(float bound, Random random, int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        float[] elements = tensor.storage();
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (random.nextFloat() * 2 - 1) * bound;
        }
        return tensor;
    }
}
