package dev.statedict.io.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule of a mapping. It sees what the rules before it made. */
public sealed interface Rule permits Rename, Each, Concatenate, Split, Drop {
    /**
     * Applies it.
     *
     * @param items the entries before it, and then those after it
     * @param problems is told what does not fit, and stays as it is
     */
    void apply(Items items, List<String> problems);

    /**
     * Applies it to extra state, which is no tensor.
     *
     * @param key the key before it
     * @return the key after it; null when it is dropped
     */
    default @Nullable String extraStateKey(String key) {
        return key;
    }

    /** {@return the rule that undoes this one; null when there is none} */
    @Nullable
    Rule inverse();
}
