package dev.statedict;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a submodule of a {@link StateModule} where its name is not the field's. A field whose type is a module, or a
 * {@code List}, array, {@code Map} or {@code Optional} of modules, is a submodule without it.
 *
 * <pre>{@code
 * @Submodule("self_attn") final Attention selfAttention; // "self_attn.weight"
 * final List<Linear> layers;                             // "layers.0.weight"
 * }</pre>
 *
 * <p>A field that is {@code null} is left out of the state dict, as in PyTorch.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Submodule {
    /**
     * The submodule's name in the state dict.
     *
     * @return a name without a dot
     */
    String value();
}
