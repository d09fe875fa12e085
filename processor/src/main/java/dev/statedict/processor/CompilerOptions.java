package dev.statedict.processor;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Policies;
import dev.statedict.processor.model.Policy;
import dev.statedict.processor.model.Problem;
import dev.statedict.processor.schema.LockOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of a compilation: {@code -Astatedict.stateDict=COPY}.
 *
 * @param recognised the names of all options that are ours to judge
 * @param policies the policies of classes that say nothing
 * @param lock where the committed schemas are, if anywhere
 * @param problems what is wrong with the options
 */
record CompilerOptions(Set<String> recognised, Policies policies, LockOptions lock, List<Problem> problems) {
    private static final String PREFIX = "statedict.";
    private static final String STATE_DICT = PREFIX + "stateDict";
    private static final String LOAD_STATE_DICT = PREFIX + "loadStateDict";

    private static final String SCHEMA = PREFIX + "schema";
    private static final String UPDATE = PREFIX + "schema.update";

    private static final List<String> NAMES = List.of(STATE_DICT, LOAD_STATE_DICT, SCHEMA, UPDATE);

    private static final String LIST =
            String.join(", ", NAMES.subList(0, NAMES.size() - 1)) + " and " + NAMES.get(NAMES.size() - 1);
    private static final Set<String> BOOLEANS = Set.of("true", "false");

    /** Reads the options, in which another processor's may be. */
    static CompilerOptions of(Map<String, String> options) {
        List<Problem> problems = new ArrayList<>();
        Set<String> recognised = new TreeSet<>(NAMES);
        options.keySet().stream().filter(name -> name.startsWith(PREFIX)).forEach(recognised::add);
        for (String name : recognised) {
            if (!NAMES.contains(name)) {
                problems.add(Diagnostic.UNKNOWN_OPTION.anywhere(name, LIST));
            }
        }
        Policies policies = new Policies(
                policy(options, STATE_DICT, Policy.ALIAS, problems),
                policy(options, LOAD_STATE_DICT, Policy.COPY, problems),
                null);
        return new CompilerOptions(recognised, policies, lock(options, problems), List.copyOf(problems));
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
                    problems.add(Diagnostic.OPTION_VALUE.anywhere(name, value == null ? "" : value, "ALIAS or COPY"));
                    return otherwise;
                });
    }

    private static LockOptions lock(Map<String, String> options, List<Problem> problems) {
        String directory = Objects.requireNonNullElse(options.get(SCHEMA), "");
        String update = Objects.requireNonNullElse(options.get(UPDATE), "");
        if (directory.isEmpty() && options.containsKey(SCHEMA)) {
            problems.add(Diagnostic.OPTION_VALUE.anywhere(SCHEMA, directory, "a directory"));
        } else if (!BOOLEANS.contains(update) && options.containsKey(UPDATE)) {
            problems.add(Diagnostic.OPTION_VALUE.anywhere(UPDATE, update, "true or false"));
        } else if (directory.isEmpty() && update.equals("true")) {
            problems.add(Diagnostic.UPDATE_WITHOUT_LOCK.anywhere());
        } else if (!directory.isEmpty()) {
            try {
                return new LockOptions(Path.of(directory).toAbsolutePath(), update.equals("true"));
            } catch (InvalidPathException e) {
                problems.add(Diagnostic.OPTION_VALUE.anywhere(SCHEMA, directory, "a directory"));
            }
        }
        return LockOptions.NONE;
    }
}
