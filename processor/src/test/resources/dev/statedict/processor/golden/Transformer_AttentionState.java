package golden;

import dev.statedict.Generated;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;

/**
 * The state of {@link Transformer.Attention}, generated from its annotations.
 * {@code stateDict()} is ALIAS, {@code loadStateDict(map)} is COPY.
 */
@Generated("dev.statedict.processor.StateDictProcessor")
@SuppressWarnings({"all", "auxiliaryclass"})
interface Transformer_AttentionState extends Stateful {
    @Override
    default void visitState(StateVisitor visitor) {
        visitor.fieldsInOrder(this, Transformer.Attention.class);
    }
}
