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
}
