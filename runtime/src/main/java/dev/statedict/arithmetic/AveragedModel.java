package dev.statedict.arithmetic;

import dev.statedict.LoadOptions;
import dev.statedict.Policy;
import dev.statedict.Role;
import dev.statedict.StateAssigner;
import dev.statedict.StateDict;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.values.Lerp;
import dev.statedict.values.Operation;
import java.util.Objects;

/**
 * A module that holds the running average of another one's parameters, to evaluate with and to be saved as a part of a checkpoint
 * (PyTorch's {@code torch.optim.swa_utils.AveragedModel}, with its keys: {@code n_averaged} and {@code module.fc.weight}).
 *
 * {@snippet class="com.example.Training" region="average"}
 *
 * <p>The first update copies everything. After it parameters are averaged in place, and buffers, counters and extra state are those of
 * the model, as with PyTorch's {@code use_buffers=False}. To the last bit what PyTorch computes, within what
 * {@link StateDictMath#lerpInPlace} says.
 *
 * @param <M> the class of the module
 */
public final class AveragedModel<M extends Stateful> implements Stateful {
    private static final double EQUAL = Double.NaN;

    private final M module;
    private final double decay;
    private long averaged;

    private AveragedModel(M module, double decay) {
        this.module = Objects.requireNonNull(module);
        this.decay = decay;
    }

    /**
     * An exponential moving average: {@code average = decay * average + (1 - decay) * model}, as PyTorch's
     * {@code get_ema_multi_avg_fn(decay)}.
     *
     * @param module holds the average from now on: another module of the same form as the one to be averaged
     * @param decay how much stays, from 0 to 1; 0.999 is customary
     * @param <M> the class of the module
     * @return a module with no average yet
     * @throws IllegalArgumentException when the decay is not from 0 to 1
     */
    public static <M extends Stateful> AveragedModel<M> exponential(M module, double decay) {
        if (!(decay >= 0 && decay <= 1)) {
            throw new IllegalArgumentException("the decay is " + decay + "; give a number from 0 to 1, such as 0.999");
        }
        return new AveragedModel<>(module, decay);
    }

    /**
     * An average in which every update counts the same, as PyTorch's {@code AveragedModel(model)} for stochastic weight averaging.
     *
     * @param module holds the average from now on: another module of the same form as the one to be averaged
     * @param <M> the class of the module
     * @return a module with no average yet
     */
    public static <M extends Stateful> AveragedModel<M> equal(M module) {
        return new AveragedModel<>(module, EQUAL);
    }

    /** {@return the module that holds the average} */
    public M module() {
        return module;
    }

    /** {@return how many updates there were} */
    public long averaged() {
        return averaged;
    }

    /**
     * Takes the model as it is now into the average.
     *
     * @param model has the form of the module
     * @throws dev.statedict.StateDictLoadException when its buffers, or in the first update anything, do not fit the module
     * @throws IllegalArgumentException naming everything in which the two differ
     */
    public void updateParameters(Stateful model) {
        StateDict live = model.stateDict(Policy.ALIAS);
        if (averaged == 0) {
            module.loadStateDict(live, Policy.COPY);
        } else {
            StateDict own = module.stateDict(Policy.ALIAS);
            Pairs pairs = Pairs.ofParameters(own, live);
            StateDict others = live.filter(key -> !live.containsKey(key) || live.role(key) != Role.PARAMETER);
            load(others);
            pairs.write(Double.isNaN(decay) ? new RunningMean(averaged + 1) : new Lerp(1 - decay));
            load(own.filter(key -> own.containsKey(key) && pairs.writesPrimitive(key)));
        }
        averaged++;
    }

    /** Loads a part of the state. */
    private void load(StateDict part) {
        if (!part.isEmpty() || !part.extraState().isEmpty()) {
            module.loadStateDict(part, LoadOptions.strict().allowMissing("*").withPolicy(Policy.COPY));
        }
    }

    @Override
    public void visitState(StateVisitor visitor) {
        visitor.counter("n_averaged", averaged);
        visitor.submodule("module", module);
    }

    @Override
    public void assignState(StateAssigner assigner) {
        averaged = assigner.field("n_averaged", averaged);
    }

    /** {@code x += (y - x) / count}, where {@code y} is the last of so many: PyTorch's {@code get_swa_avg_fn}. */
    private record RunningMean(long updates) implements Operation {
        @Override
        public void run(float[] x, float[] y, int start, int end) {
            float parts = updates;
            for (int i = start; i < end; i++) {
                x[i] += (y[i] - x[i]) / parts;
            }
        }

        @Override
        public void run(double[] x, double[] y, int start, int end) {
            double parts = updates;
            for (int i = start; i < end; i++) {
                x[i] += (y[i] - x[i]) / parts;
            }
        }
    }
}
