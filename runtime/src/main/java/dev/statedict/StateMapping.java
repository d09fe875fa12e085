package dev.statedict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes of a dict with another's names and layouts one with a module's. {@code KeyMapping}, beside the files, is one made
 * of rules; a load applies it with {@link LoadOptions#withMapping}.
 */
@FunctionalInterface
public interface StateMapping {
    /**
     * Maps a dict. It changes neither the dict nor its tensors, and does not throw for what does not fit: that is a problem of
     * the result.
     *
     * @param given with the other side's names
     * @return the dict with the module's names, and how it came about
     */
    Result map(StateDict given);

    /**
     * A mapped dict.
     *
     * @param state what came out; where there are problems, as far as it came
     * @param sources for each key of {@code state}, the keys of the given dict that it was made of
     * @param dropped the keys of the given dict that were dropped
     * @param untouched the keys of the given dict that are in {@code state} as they were, for nothing was said of them
     * @param problems all that does not fit, a sentence each
     */
    record Result(
            StateDict state,
            Map<String, List<String>> sources,
            List<String> dropped,
            List<String> untouched,
            List<String> problems) {
        /**
         * Copies what it is given.
         *
         * @param state what came out
         * @param sources the keys that each was made of
         * @param dropped the keys that were dropped
         * @param untouched the keys of which nothing was said
         * @param problems what does not fit
         */
        public Result {
            sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
            dropped = List.copyOf(dropped);
            untouched = List.copyOf(untouched);
            problems = List.copyOf(problems);
        }
    }
}
