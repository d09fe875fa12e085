package dev.statedict.io.pickle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of what a pickle may name. Each method may answer null for what is not on the list, which refuses the
 * pickle, or throw {@link IllegalArgumentException} with what is wrong.
 */
public interface PickleGlobals {
    /**
     * A name.
     *
     * @param module the Python module
     * @param name the name in it
     * @return what stands for it, or null
     */
    @Nullable
    Object find(String module, String name);

    /**
     * A call.
     *
     * @param callable what {@link #find} gave
     * @param arguments its arguments
     * @return the result, or null when it cannot be called
     */
    @Nullable
    Object call(Object callable, List<@Nullable Object> arguments);

    /**
     * Something that is kept outside of the pickle.
     *
     * @param id what names it
     * @return what stands for it, or null
     */
    @Nullable
    Object persistent(@Nullable Object id);
}
