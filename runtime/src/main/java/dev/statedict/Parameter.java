package dev.statedict;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field of a {@link StateModule} as a parameter: a tensor that training changes (PyTorch's
 * {@code nn.Parameter}).
 *
 * <p>A field that is {@code null} is left out of the state dict, as in PyTorch.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Parameter {
    /**
     * The key in the state dict, where it is not the field's name.
     *
     * @return a name without a dot; empty for the field's own name
     */
    String value() default "";
}
