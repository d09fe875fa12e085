package golden;

import dev.statedict.Buffer;
import dev.statedict.ExtraState;
import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.Transient;
import dev.statedict.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/** Every kind of value that is held in a field. */
@StateModule(stateDict = dev.statedict.Policy.COPY)
public abstract class Normalization implements NormalizationState {
    @Parameter Tensor weight;
    @Parameter private float[] bias;
    @Buffer("running_mean") final Tensor mean = Tensor.zeros(4);
    @Buffer Optional<Tensor> variance;
    @Buffer(persistent = false) Tensor scratch;
    @Buffer("num_batches_tracked") private long batches;
    @ExtraState Map<String, String> settings;
    @Transient Tensor cache;

    public float[] getBias() {
        return bias;
    }

    public void setBias(float[] bias) {
        this.bias = bias;
    }

    long batches() {
        return batches;
    }

    void setBatches(long batches) {
        this.batches = batches;
    }
}
