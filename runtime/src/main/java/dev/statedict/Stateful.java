package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A thing with state that can be handed out and loaded: a module. Annotated classes get all of this from their generated
 * interface; a class written by hand implements {@link #visitState} and, when it has members that loading assigns,
 * {@link #assignState}:
 *
 * {@snippet class="com.example.Momentum" region="by-hand"}
 *
 * <p><b>Threads.</b> Any number of {@code stateDict} calls may run together. A load, a training step and any other call
 * on the same module exclude each other, by the caller's lock.
 */
public interface Stateful {

    /**
     * The state of this module and its submodules, under the class's policy ({@link Policy#ALIAS} where nothing says
     * otherwise).
     *
     * @return the entries in PyTorch's order: for each module its parameters, buffers, then submodules
     * @throws IllegalStateException when a module contains itself, or two members share a key
     */
    default StateDict stateDict() {
        return stateDict(Policy.ALIAS);
    }

    /**
     * The state of this module and its submodules.
     *
     * @param policy {@link Policy#ALIAS} for the module's own tensors, {@link Policy#COPY} for a snapshot
     * @return the entries in PyTorch's order: for each module its parameters, buffers, then submodules
     * @throws IllegalStateException when a module contains itself, or two members share a key
     */
    default StateDict stateDict(Policy policy) {
        return StateDictCapture.capture(this, policy);
    }

    /**
     * Loads a state dict strictly under the class's policy ({@link Policy#COPY} where nothing says otherwise): every key
     * must match. All or nothing: when it throws, the module is as it was.
     *
     * @param state the entries; not changed, and read once
     * @return what was done
     * @throws StateDictLoadException when anything does not fit; it lists everything
     */
    default LoadReport loadStateDict(Map<String, Tensor> state) {
        return loadStateDict(state, Policy.COPY);
    }

    /**
     * Loads a state dict strictly: every key must match. All or nothing: when it throws, the module is as it was.
     *
     * @param state the entries; not changed, and read once
     * @param policy {@link Policy#COPY} to write into the module's tensors, {@link Policy#ALIAS} to adopt the dict's
     * @return what was done
     * @throws StateDictLoadException when anything does not fit; it lists everything
     */
    default LoadReport loadStateDict(Map<String, Tensor> state, Policy policy) {
        return loadStateDict(state, LoadOptions.strict().withPolicy(policy));
    }

    /**
     * Loads a state dict as the options say. All or nothing: when it throws, the module is as it was.
     *
     * @param state the entries; not changed, and read once
     * @param options what is forgiven, and the policy; without one, the class's
     * @return what was done
     * @throws StateDictLoadException when anything does not fit; it lists everything
     */
    default LoadReport loadStateDict(Map<String, Tensor> state, LoadOptions options) {
        return LoadInStep.load(this, state, options.rules());
    }

    /**
     * The parameters of this module and its submodules, for an optimiser; a tie is listed once, under its first name.
     *
     * @return the module's own tensors in the order of the state dict
     */
    default List<Tensor> parameters() {
        return List.copyOf(namedParameters().values());
    }

    /**
     * The parameters of this module and its submodules by key; a tie is listed once, under its first name.
     *
     * @return the module's own tensors in the order of the state dict: an {@link Policy#ALIAS} dict
     */
    default StateDict namedParameters() {
        return StateDictCapture.namedParameters(this);
    }

    /**
     * Names each parameter, buffer and submodule of this class in source order, superclass first. Called by the library,
     * on any thread, at any time; it reads fields and writes none.
     *
     * @param visitor what is told
     */
    void visitState(StateVisitor visitor);

    /**
     * Gives each member that loading can assign the value that the assigner has for it. Called while a load is planned,
     * when that is the member's own, and once more when fields are to be written; it does nothing else. A member that is
     * not named cannot be loaded under {@link Policy#ALIAS}, a counter not at all.
     *
     * @param assigner what gives the values
     */
    default void assignState(StateAssigner assigner) {}
}
