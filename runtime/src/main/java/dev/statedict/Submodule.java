package dev.statedict;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says more of a submodule of a {@link StateModule}, such as a name that is not the field's. A field whose type is a
 * module, or a {@code List}, array, {@code Map} or {@code Optional} of modules, is a submodule without it.
 *
 * {@snippet class="com.example.Members" region="submodule"}
 *
 * <p>Where the type does not tell whether its value is a module, because it is an interface, an open class, a type variable or
 * {@code Object}, or a container of such, the value is asked: a module in it is a submodule, and an element that is none leaves a
 * gap in the indices. A private field is asked through its accessor. So a field of a module type that holds activations or
 * gradients is state too; {@link Transient} leaves it out.
 *
 * <p>A field that is {@code null} is left out of the state dict, as in PyTorch.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Submodule {
    /**
     * The submodule's name in the state dict, where it is not the field's.
     *
     * @return a name without a dot; empty for the field's own name
     */
    String value() default "";

    /**
     * Names that the submodule had in the past, under which a dict may still have its keys.
     *
     * @return names without a dot, none of them a key that the class has now
     */
    String[] formerly() default {};

    /**
     * The {@linkplain StateModule#version() version} of the class that first had the submodule. A dict of an earlier
     * version may lack its keys: the submodule then keeps the values that it has.
     *
     * @return no more than the class's version
     */
    int addedIn() default 1;
}
