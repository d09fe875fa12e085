package dev.statedict;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class or record as a module: a thing with state that can be handed out and loaded.
 *
 * <p>For a class {@code Linear} the annotation processor generates the interface {@code LinearState} in the same
 * package ({@code Outer_InnerState} for a nested class), and the class implements it:
 *
 * {@snippet class="com.example.Linear" region="module"}
 *
 * <p>The two policies are looked up one by one: the call's argument, else the element written on the class, else the one
 * written on the nearest annotated superclass, else the compiler option ({@code -Astatedict.stateDict=} or
 * {@code -Astatedict.loadStateDict=}), else PyTorch's, which are the defaults here.
 *
 * <p>The annotation is inherited, so that a subclass of a module cannot lose state by forgetting it.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface StateModule {
    /**
     * What {@code stateDict()} does when the call does not say.
     *
     * @return {@link Policy#ALIAS} for a live view, as PyTorch; {@link Policy#COPY} for a snapshot
     */
    Policy stateDict() default Policy.ALIAS;

    /**
     * What {@code loadStateDict(map)} does when the call does not say.
     *
     * @return {@link Policy#COPY} to write into the module's tensors, as PyTorch; {@link Policy#ALIAS} to adopt the
     *     dict's tensors, as PyTorch's {@code assign=True}
     */
    Policy loadStateDict() default Policy.COPY;

    /**
     * The version of the class's state, to be raised when it changes in a way that names cannot express. A dict remembers
     * the versions of the classes that made it. The class may declare
     * {@code static Map<String, Tensor> migrate(StateDict state, int version)}, which brings earlier state to this
     * version: see {@link StateMigration}. Never inherited.
     *
     * @return 1 or more
     */
    int version() default 1;
}
