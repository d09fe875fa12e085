package dev.statedict.benchmark.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A benchmark of ours with its parameters, as {@code LoadBenchmark.byHand(model=TREE)}.
 *
 * @param type the simple name of its class
 * @param method its method
 * @param parameters values by name
 */
record BenchmarkName(String type, String method, Map<String, String> parameters) {
    private static final String ALLOCATED = " allocated";
    private static final Pattern NAME =
            Pattern.compile("(\\w+Benchmark)\\.(\\w+)(?:\\((.*)\\))?(?:" + ALLOCATED + ")?");

    /** The benchmark that measures what is named so: itself or what it allocates. None if no benchmark does. */
    static Stream<BenchmarkName> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Stream.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        if (matcher.group(3) != null) {
            for (String parameter : matcher.group(3).split(",")) {
                String[] nameAndValue = parameter.split("=", 2);
                parameters.put(nameAndValue[0], nameAndValue[1]);
            }
        }
        return Stream.of(new BenchmarkName(matcher.group(1), matcher.group(2), parameters));
    }

    /** JMH's name for it: a regular expression that it alone matches. */
    String pattern() {
        return "\\." + type + "\\." + method + "$";
    }

    /** The name of what it allocates. */
    String allocation() {
        return this + ALLOCATED;
    }

    @Override
    public String toString() {
        return type + "." + method
                + (parameters.isEmpty()
                        ? ""
                        : parameters.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining(",", "(", ")")));
    }
}
