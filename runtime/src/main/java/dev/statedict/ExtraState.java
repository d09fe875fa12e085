package dev.statedict;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field of a {@link StateModule} as extra state: what belongs to the state and is no tensor, such as a vocabulary
 * (PyTorch's {@code get_extra_state}). It travels beside the entries, in {@link StateDict#extraState()}, and is copied
 * both ways. A class has one such field at most, of type {@code String} or {@code Map<String, String>}, which loading
 * assigns: it cannot be {@code final}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface ExtraState {
    /**
     * The {@linkplain StateModule#version() version} of the class that first had extra state. A dict of an earlier
     * version may lack it: the module then keeps the value that it has.
     *
     * @return no more than the class's version
     */
    int addedIn() default 1;
}
