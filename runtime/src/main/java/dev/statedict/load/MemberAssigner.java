package dev.statedict.load;

import dev.statedict.StateAssigner;
import dev.statedict.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What assigns in a load: the one subclass that {@link StateAssigner} permits, as a room cannot be permitted. */
public abstract non-sealed class MemberAssigner extends StateAssigner {
    // a null member's type may be null, which NullAway does not read in a method's own type parameters
    @SuppressWarnings("NullAway")
    @Override
    public final @Nullable Tensor tensorField(String name, @Nullable Tensor current) {
        return field(name, current);
    }
}
