package dev.statedict;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names keys that a {@link StateModule} had in the past and has no more. A dict that still has them loads; they are
 * dropped, and the report lists them as retired.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Retired {
    /**
     * The keys, as seen from this module.
     *
     * @return globs: {@code *} stands for any characters, dots included, {@code ?} for one
     */
    String[] value();
}
