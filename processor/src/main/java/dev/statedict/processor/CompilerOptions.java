package dev.statedict.processor;

import dev.statedict.Policy;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Policies;
import dev.statedict.processor.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of a compilation: {@code -Astatedict.stateDict=COPY}.
 *
 * @param recognised the names of all options that are ours to judge
 * @param policies the policies of classes that say nothing
 * @param problems what is wrong with the options
 */
record CompilerOptions(Set<String> recognised, Policies policies, List<Problem> problems) {
    private static final String PREFIX = "statedict.";
    private static final String STATE_DICT = PREFIX + "stateDict";
    private static final String LOAD_STATE_DICT = PREFIX + "loadStateDict";

    private static final List<String> NAMES = List.of(STATE_DICT, LOAD_STATE_DICT);

    /** Reads the options, in which another processor's may be. */
    static CompilerOptions of(Map<String, String> options) {
        List<Problem> problems = new ArrayList<>();
        Set<String> recognised = new TreeSet<>(NAMES);
        options.keySet().stream().filter(name -> name.startsWith(PREFIX)).forEach(recognised::add);
        for (String name : recognised) {
            if (!NAMES.contains(name)) {
                problems.add(Diagnostic.UNKNOWN_OPTION.anywhere(name, String.join(" and ", NAMES)));
            }
        }
        Policies policies = new Policies(
                policy(options, STATE_DICT, Policy.ALIAS, problems),
                policy(options, LOAD_STATE_DICT, Policy.COPY, problems));
        return new CompilerOptions(recognised, policies, List.copyOf(problems));
    }

    private static Policy policy(Map<String, String> options, String name, Policy otherwise, List<Problem> problems) {
        if (!options.containsKey(name)) {
            return otherwise;
        }
        String value = options.get(name);
        return Arrays.stream(Policy.values())
                .filter(policy -> policy.name().equals(value))
                .findFirst()
                .orElseGet(() -> {
                    problems.add(Diagnostic.OPTION_VALUE.anywhere(name, value == null ? "" : value));
                    return otherwise;
                });
    }
}
