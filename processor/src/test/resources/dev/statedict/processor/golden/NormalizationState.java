package golden;

import dev.statedict.Generated;
import dev.statedict.Policy;
import dev.statedict.StateAssigner;
import dev.statedict.StateDict;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;

/**
 * The state of {@link Normalization}, generated from its annotations.
 * {@code stateDict()} is COPY, {@code loadStateDict(map)} is COPY.
 */
@Generated("dev.statedict.processor.StateDictProcessor")
public interface NormalizationState extends Stateful {
    @Override
    default StateDict stateDict() {
        return stateDict(Policy.COPY);
    }

    @Override
    default void visitState(StateVisitor visitor) {
        visitor.fields(this);
        Normalization self = (Normalization) this;
        visitor.tensorParameter("weight", self.weight);
        visitor.accessor("bias", "Normalization.getBias()");
        visitor.parameter("bias", self.getBias());
        visitor.tensorBuffer("running_mean", self.mean);
        visitor.buffer("variance", self.variance);
        visitor.accessor("num_batches_tracked", "Normalization.batches()");
        visitor.counter("num_batches_tracked", self.batches());
        visitor.extraState(self.settings);
    }

    @Override
    default void assignState(StateAssigner assigner) {
        Normalization self = (Normalization) this;
        self.weight = assigner.tensorField("weight", self.weight);
        assigner.setter("bias", () -> self.getBias(), self::setBias);
        self.variance = assigner.field("variance", self.variance);
        assigner.setter("num_batches_tracked", () -> self.batches(), self::setBatches);
        self.settings = assigner.field(StateAssigner.EXTRA_STATE, self.settings);
    }
}
