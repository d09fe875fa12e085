package golden;

import dev.statedict.Generated;
import dev.statedict.LoadOptions;
import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateAssigner;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.Map;

/**
 * The state of {@link Transformer.Block}, generated from its annotations.
 * {@code stateDict()} is ALIAS, {@code loadStateDict(map)} is ALIAS.
 */
@Generated("dev.statedict.processor.StateDictProcessor")
@SuppressWarnings({"all", "auxiliaryclass", "deprecation"})
interface Transformer_BlockState extends Stateful {
    @Override
    default LoadReport loadStateDict(Map<String, Tensor> state) {
        return loadStateDict(state, Policy.ALIAS);
    }

    @Override
    default LoadReport loadStateDict(Map<String, Tensor> state, LoadOptions options) {
        return Stateful.super.loadStateDict(state, options.withDefaultPolicy(Policy.ALIAS));
    }

    @Override
    default void visitState(StateVisitor visitor) {
        visitor.fieldsInOrder(this, Transformer.Block.class);
        Transformer.Block<?> self = (Transformer.Block<?>) this;
        visitor.tensorParameter("weight", self.weight);
    }

    @Override
    default void assignState(StateAssigner assigner) {
        Transformer.Block<?> self = (Transformer.Block<?>) this;
        self.weight = assigner.tensorField("weight", self.weight);
    }
}
