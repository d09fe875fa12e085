package dev.statedict;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stands on generated sources. It is kept in the class file so that coverage and static analysis, which go by its simple
 * name, skip them; and it is our own because {@code javax.annotation.processing.Generated} is in a module
 * ({@code java.compiler}) that a user's module need not read.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Generated {
    /**
     * The generator.
     *
     * @return its class name
     */
    String value();
}
