package dev.statedict;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that a tensor of a {@link StateModule} is tied to another one: that they share storage, offset, shape and
 * strides. Tensors on the same storage need no declaration to be saved and loaded well; with it the tie is checked when a
 * state dict is made, and a dict that has only one of the two names loads.
 *
 * {@snippet class="com.example.Members" region="tied"}
 *
 * <p>On a submodule it speaks of the submodule's tensor with the other's last name.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface TiedTo {
    /**
     * The other tensor.
     *
     * @return its key as seen from this class, for example {@code "embed.weight"}
     */
    String value();
}
