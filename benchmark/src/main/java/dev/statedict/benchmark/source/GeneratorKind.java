package dev.statedict.benchmark.source;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Annotation processors whose work is compared, and classes of the same shape for each. */
enum GeneratorKind {
    /** Ours. */
    STATEDICT("statedict") {
        @Override
        String source(String type, int fields, boolean processed) {
            return "@dev.statedict.StateModule final class " + type
                    + (processed ? " implements " + type + "State" : "")
                    + members(fields, i -> "@dev.statedict.Parameter Tensor field" + i + ";");
        }
    },
    /** Google's value classes. */
    AUTO_VALUE("auto-value") {
        @Override
        String source(String type, int fields, boolean processed) {
            return "@com.google.auto.value.AutoValue abstract class " + type
                    + members(fields, i -> "abstract Tensor field" + i + "();");
        }
    },
    /** The value classes of Immutables. */
    IMMUTABLES("immutables") {
        @Override
        String source(String type, int fields, boolean processed) {
            return "@org.immutables.value.Value.Immutable interface " + type
                    + members(fields, i -> "Tensor field" + i + "();");
        }
    };

    private final String folder;

    GeneratorKind(String folder) {
        this.folder = folder;
    }

    /** The folder of the processor and what it needs, and its name in measurements. */
    String folder() {
        return folder;
    }

    /**
     * A class.
     *
     * @param type its name
     * @param fields the number of its fields, or accessors where those stand for fields
     * @param processed whether it may refer to what is generated for it
     * @return its source
     */
    abstract String source(String type, int fields, boolean processed);

    private static String members(int fields, IntFunction<String> member) {
        return IntStream.range(0, fields).mapToObj(member).collect(Collectors.joining("\n  ", " {\n  ", "\n}\n"));
    }
}
