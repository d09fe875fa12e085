package dev.statedict.evaluation;

import dev.statedict.LoadOptions;
import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.Map;

/**
 * A module that has another state for a while, the average or the best so far, and gets its own back whatever happens meanwhile.
 *
 * {@snippet class="com.example.Training" region="swap"}
 *
 * <p>Under {@link Policy#COPY} the values are written into the module's tensors, and its own are kept in a copy. Under
 * {@link Policy#ALIAS} nothing is copied: the fields are pointed at the dict's tensors, so what training would write goes there, and
 * then at the very tensors they had. Ties hold under both: of values that differ the last key's are taken, as in every load. Counters
 * and extra state are swapped too.
 *
 * <p>Before anything changes, the module's own state is loaded into it once. So a module that could not take its own state back, for a
 * hook leaves out a key or a field cannot be assigned, is told by the swap and not at its end.
 */
public final class SwappedState implements AutoCloseable {
    private final Stateful module;
    private final StateDict own;
    private final LoadOptions back;
    private final LoadReport report;
    private boolean closed;

    private SwappedState(Stateful module, Map<String, Tensor> state, LoadOptions options, Policy policy) {
        this.module = module;
        this.own = module.stateDict(policy);
        this.back = LoadOptions.strict().withPolicy(policy);
        module.loadStateDict(own, back);
        boolean swapped = false;
        try {
            this.report = module.loadStateDict(state, options.withPolicy(policy));
            swapped = true;
        } finally {
            if (!swapped) {
                // a hook after the load threw, and the load stands
                module.loadStateDict(own, back);
            }
        }
    }

    /**
     * Gives a module another state, strictly: every key must match.
     *
     * @param module gets its own back at {@link #close}
     * @param state the other state
     * @param policy how it is loaded, there and back
     * @return what ends it
     * @throws dev.statedict.StateDictLoadException when the state, or under this policy the module's own, cannot be loaded; the module
     *     has its own state then
     */
    public static SwappedState swap(Stateful module, Map<String, Tensor> state, Policy policy) {
        return swap(module, state, policy, LoadOptions.strict());
    }

    /**
     * Gives a module another state.
     *
     * @param module gets its own back at {@link #close}
     * @param state the other state
     * @param policy how it is loaded, there and back
     * @param options what is forgiven; of a dict of parameters alone, {@code LoadOptions.strict().allowMissing("*")}. Their policy does
     *     not matter
     * @return what ends it
     * @throws dev.statedict.StateDictLoadException when the state, or under this policy the module's own, cannot be loaded; the module
     *     has its own state then
     */
    public static SwappedState swap(Stateful module, Map<String, Tensor> state, Policy policy, LoadOptions options) {
        return new SwappedState(module, state, options, policy);
    }

    /** {@return what the load of the other state did} */
    public LoadReport report() {
        return report;
    }

    /**
     * Gives the module its own state back: what it was at the swap, also where it was trained since. Once more it does nothing.
     *
     * @throws dev.statedict.StateDictLoadException when a hook after the load throws; the module has its own state all the same
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            module.loadStateDict(own, back);
        }
    }
}
