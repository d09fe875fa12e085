package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.Map;

/**
 * What a module class may implement to take part when its state is handed out or loaded (PyTorch's
 * {@code register_state_dict_post_hook}, {@code register_load_state_dict_pre_hook} and
 * {@code register_load_state_dict_post_hook}). Each hook runs once for every path on which the module stands in the tree
 * of the call. {@code prefix} is the path with its dot, {@code ""} for the module of the call, {@code "encoder.fc."} for
 * one below it; keys are whole keys that start with it.
 *
 * <p>A hook may also return a plain map, or {@link StateDict#of} one: extra state then stays, and so do the role and stored
 * type of each key that stays. {@link StateDict#toBuilder} and the tools of a dict say all that there is to say.
 *
 * {@snippet class="com.example.Renamed" region="hooks"}
 */
public interface StateHooks {
    /**
     * After the state of this module and its submodules was collected; inner modules run first. Under
     * {@link Policy#COPY} the copy is made of the result. Where hooks return copies of all tensors, the dict has that policy
     * whatever was asked for, for nothing in it is live.
     *
     * @param prefix the path of this module with its dot
     * @param state the entries below it
     * @return what stands there instead
     */
    default StateDict afterStateDict(String prefix, StateDict state) {
        return state;
    }

    /**
     * Before anything is matched; outer modules run first. It may change the view of the dict, never the module. What it
     * throws ends the load with nothing written, and reaches the caller as it is.
     *
     * @param prefix the path of this module with its dot
     * @param state the entries below it, under the names that the load's options gave them
     * @return what stands there instead; extra state stays unless a {@code StateDict} says otherwise
     */
    default Map<String, Tensor> beforeLoad(String prefix, StateDict state) {
        return state;
    }

    /**
     * After the load was made as a whole; inner modules run first. If it throws, the load stands, the other hooks still
     * run, and the caller gets a {@link StateDictLoadException} that says so.
     *
     * @param prefix the path of this module with its dot
     * @param report what the load did, for the whole tree
     */
    default void afterLoad(String prefix, LoadReport report) {}
}
