package dev.statedict;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Leaves a field of a {@link StateModule} out of its state, as the keyword {@code transient} does: for record
 * components, where the keyword cannot stand, and for fields that Java serialization keeps. So are left out activations and
 * gradients that are of a module's type, parents, and other ways back to a module that contains this one:
 *
 * {@snippet class="com.example.Members" region="transient"}
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Transient {}
