package dev.statedict.io.pickle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of what a pickle may name and have. For any other name a {@link ForeignObject} stands, which may be among
 * arguments. What breaks a rule refuses the pickle, by an {@link IllegalArgumentException} that says what is wrong.
 */
public interface PickleGlobals {
    /**
     * A name.
     *
     * @param module the Python module
     * @param name the name in it
     * @return what stands for it, or null when it is not on the list
     */
    @Nullable
    Object find(String module, String name);

    /**
     * A call.
     *
     * @param callable what {@link #find} gave
     * @param arguments its arguments
     * @return the result, or null when it cannot be called, which refuses the pickle
     */
    @Nullable
    Object call(Object callable, List<@Nullable Object> arguments);

    /**
     * Something that is kept outside of the pickle.
     *
     * @param id what names it
     * @return what stands for it, or null, which refuses the pickle
     */
    @Nullable
    Object persistent(@Nullable Object id);
}
