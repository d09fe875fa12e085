package dev.statedict;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field of a {@link StateModule} as a buffer: state that training does not optimise, such as a running mean
 * (PyTorch's {@code register_buffer}).
 *
 * <p>A field that is {@code null} is left out of the state dict, as in PyTorch.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Buffer {
    /**
     * The key in the state dict, where it is not the field's name.
     *
     * @return a name without a dot; empty for the field's own name
     */
    String value() default "";

    /**
     * Whether the buffer belongs to the state dict (PyTorch's {@code persistent}).
     *
     * @return false for a buffer that is never saved; a key of its name is then unexpected
     */
    boolean persistent() default true;

    /**
     * Names that the key had in the past, under which a dict may still have it.
     *
     * @return names without a dot, none of them a key that the class has now
     */
    String[] formerly() default {};

    /**
     * The shape, which loading then checks: sizes, and symbols that stand for one size throughout the module, as in
     * {@link Parameter#shape()}.
     *
     * @return a size or a symbol for each dimension; {@code {}}, where it is written, for a 0-d tensor
     */
    String[] shape() default {};

    /**
     * The {@linkplain StateModule#version() version} of the class that first had the buffer, or that first had it in its
     * state dict. A dict of an earlier version may lack it: the module then keeps the value that it has.
     *
     * @return no more than the class's version
     */
    int addedIn() default 1;
}
