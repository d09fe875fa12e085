package golden;

import dev.statedict.Generated;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;

/**
 * The state of {@link Affine}, generated from its annotations.
 * {@code stateDict()} is ALIAS, {@code loadStateDict(map)} is COPY.
 */
@Generated("dev.statedict.processor.StateDictProcessor")
public interface AffineState extends Stateful {
    @Override
    default void visitState(StateVisitor visitor) {
        visitor.fields(this);
        Affine self = (Affine) this;
        visitor.accessor("A", "Affine.matrix()");
        visitor.tensorParameter("A", self.matrix());
        visitor.accessor("b", "Affine.offset()");
        visitor.tensorParameter("b", self.offset());
        visitor.accessor("norm", "Affine.norm()");
        visitor.submodule("norm", self.norm());
    }
}
