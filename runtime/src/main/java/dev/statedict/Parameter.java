package dev.statedict;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field or method of a {@link StateModule} as a parameter: a tensor that training changes (PyTorch's
 * {@code nn.Parameter}).
 *
 * <p>The field is a {@code Tensor}; an array of {@code float}, {@code double}, {@code int}, {@code long} or {@code boolean},
 * or an array of arrays of them, which is one tensor that lies on the very rows; a class of your own that is
 * {@link dev.statedict.tensor.AsTensor}; an {@code Optional}, {@code List}, array or {@code Map<String, ...>} of these; or
 * one such number.
 *
 * <p>A method without parameters is marked in a field's place where the field is of a class that no state dict knows: it
 * returns a tensor, an array or an {@code AsTensor} on the very storage, each time it is called. Its key is its name, that of
 * a getter {@code getX()} is {@code x}.
 *
 * <p>A field that is {@code null} is left out of the state dict, as in PyTorch.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.RECORD_COMPONENT})
public @interface Parameter {
    /**
     * The key in the state dict, where it is not the field's name, or the method's.
     *
     * @return a name without a dot; empty for the field's own name
     */
    String value() default "";

    /**
     * Names that the key had in the past, under which a dict may still have it.
     *
     * @return names without a dot, none of them a key that the class has now
     */
    String[] formerly() default {};

    /**
     * The shape, which loading then checks: sizes, and symbols that stand for one size throughout the module.
     *
     * {@snippet class="com.example.Members" region="shape"}
     *
     * @return a size or a symbol for each dimension; {@code {}}, where it is written, for a 0-d tensor
     */
    String[] shape() default {};

    /**
     * The {@linkplain StateModule#version() version} of the class that first had the parameter. A dict of an earlier
     * version may lack it: the module then keeps the value that it has.
     *
     * @return no more than the class's version
     */
    int addedIn() default 1;

    /**
     * Whether the outer dimension of an array of arrays is read as a list: a {@code double[][] w} is then one parameter for
     * each row, {@code w.0}, {@code w.1} and so on, as long as each may be; else it is one of two dimensions.
     *
     * @return true for rows of several lengths
     */
    boolean list() default false;
}
