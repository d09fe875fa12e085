package golden;

import dev.statedict.Generated;
import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.Map;

/**
 * The state of {@link Transformer.Attention}, generated from its annotations.
 */
@Generated("dev.statedict.processor.StateDictProcessor")
@SuppressWarnings({"all", "auxiliaryclass"})
interface Transformer_AttentionState extends Stateful {
    @Override
    default StateDict stateDict() {
        return stateDict(Policy.ALIAS);
    }

    @Override
    default LoadReport loadStateDict(Map<String, Tensor> state) {
        return loadStateDict(state, Policy.COPY);
    }

    @Override
    default void visitState(StateVisitor visitor) {
        visitor.fieldsInOrder(this, Transformer.Attention.class);
    }
}
