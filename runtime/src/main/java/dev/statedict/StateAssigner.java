package dev.statedict;

import dev.statedict.load.MemberAssigner;
import dev.statedict.tensor.Tensor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Is told by {@link Stateful#assignState} which members of a module loading can assign, and gives each its value: the
 * one that it has while a load is planned, and the one that is loaded when the plan stands. Setters run first, each with
 * its undo, then plain fields are written, which cannot fail.
 *
 * <p>The value's type is the member's: {@code Tensor}, {@code Optional<Tensor>}, an array such as {@code float[]} or a
 * boxed primitive for a parameter or buffer, {@code String} or {@code Map<String, String>} for extra state.
 *
 * <p>Generated and hand-written modules call it; only the library implements it.
 */
public abstract sealed class StateAssigner permits MemberAssigner {
    /** The name under which extra state is assigned, and PyTorch's key for it. */
    public static final String EXTRA_STATE = "_extra_state";

    /** For the library. */
    protected StateAssigner() {}

    /**
     * What a member that is a plain field is to hold; the caller writes it there, and does nothing else:
     *
     * <pre>{@code
     * step = assigner.field("step", step);
     * }</pre>
     *
     * @param name the member's key within the module
     * @param current its value now
     * @param <T> the field's type, boxed
     * @return {@code current}, or what is loaded in its place
     */
    public abstract <T extends @Nullable Object> T field(String name, T current);

    /**
     * The same as {@link #field} for a field that is a tensor. Generated code calls it: javac need infer no type.
     *
     * @param name the member's key within the module
     * @param current its value now
     * @return {@code current}, or what is loaded in its place
     */
    public abstract @Nullable Tensor tensorField(String name, @Nullable Tensor current);

    /**
     * A member that is assigned through a setter, which may run any code and may throw: the load then fails as a whole,
     * and setters that already ran are called again with the value before. So it does where the setter makes something
     * else of the value, or replaces what another member holds.
     *
     * @param name the member's key within the module
     * @param current reads its value
     * @param setter sets the member
     * @param <T> the member's type, boxed
     */
    public abstract <T extends @Nullable Object> void setter(String name, Supplier<T> current, Consumer<T> setter);
}
