package dev.statedict;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Is offered the ways to assign a module's members by {@link Stateful#assignState}, while a load is planned. Nothing is
 * written until the whole plan stands: setters run first, each with its undo, then plain fields, which cannot fail.
 *
 * <p>The value's type is the member's: {@code Tensor}, {@code float[]} or {@code Optional<Tensor>} for a parameter or
 * buffer, the boxed primitive for a counter, {@code String} or {@code Map<String, String>} for extra state.
 *
 * <p>Generated and hand-written modules call it; only the library implements it.
 */
public abstract class StateAssigner {
    /** The name under which extra state is offered, and PyTorch's key for it. */
    public static final String EXTRA_STATE = "_extra_state";

    StateAssigner() {}

    /**
     * A member whose assignment is a plain field write, which cannot fail.
     *
     * @param name the member's key within the module
     * @param current its value now
     * @param write writes the field
     * @param <T> the field's type, boxed
     */
    public abstract <T> void field(String name, @Nullable T current, Consumer<T> write);

    /**
     * A member that is assigned through a setter, which may run any code and may throw: the load then fails as a whole,
     * and setters that already ran are called again with {@code current}.
     *
     * @param name the member's key within the module
     * @param current its value now
     * @param setter sets the member
     * @param <T> the member's type, boxed
     */
    public abstract <T> void setter(String name, @Nullable T current, Consumer<T> setter);
}
