package dev.statedict.load;

import dev.statedict.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that a module declares for its members, in numbers and symbols: {@code out, in}. A symbol stands for one
 * size throughout the module.
 */
public final class DeclaredShapes {
    /** A size that is not known, and so may be any. */
    public static final String ANY_SIZE = "?";

    private final Map<String, List<String>> shapes = new LinkedHashMap<>();

    void add(String name, List<String> sizes) {
        shapes.put(name, sizes);
    }

    /** The problem with the shape of a tensor that is to be loaded, after those before it; null when it fits. */
    @Nullable
    Problem check(Targets.Target target, Tensor given, Symbols symbols) {
        List<String> declared = shapes.get(target.name());
        if (declared == null) {
            return null;
        }
        List<Integer> shape = Arrays.stream(given.shape()).boxed().toList();
        String contradiction = symbols.bind(declared, shape, target.key());
        return contradiction == null ? null : new Problem.DeclaredShape(target.key(), shape, declared, contradiction);
    }

    /** The sizes that the symbols of one module stand for, as its tensors show them one after another. */
    public static final class Symbols {
        private record Bound(int size, String key) {}

        private final Map<String, Bound> bound = new LinkedHashMap<>();

        /** Takes the shape of a tensor; what contradicts the shapes before it is returned, null when nothing does. */
        public @Nullable String bind(List<String> declared, List<Integer> given, String key) {
            if (declared.size() != given.size()) {
                return "it has " + given.size() + " dimension(s)";
            }
            for (int dim = 0; dim < declared.size(); dim++) {
                String contradiction = bind(declared.get(dim), given.get(dim), key);
                if (contradiction != null) {
                    return contradiction;
                }
            }
            return null;
        }

        private @Nullable String bind(String symbol, int size, String key) {
            if (symbol.equals(ANY_SIZE)) {
                return null;
            }
            if (Character.isDigit(symbol.charAt(0))) {
                return Integer.parseInt(symbol) == size ? null : symbol + " is not " + size;
            }
            Bound before = bound.putIfAbsent(symbol, new Bound(size, key));
            return before == null || before.size() == size
                    ? null
                    : symbol + " is " + before.size() + " by \"" + before.key() + "\"";
        }

        /** The sizes of those of the symbols that have one. */
        public Map<String, Integer> of(List<String> symbols) {
            Map<String, Integer> sizes = new LinkedHashMap<>();
            bound.forEach((symbol, size) -> {
                if (symbols.contains(symbol)) {
                    sizes.put(symbol, size.size());
                }
            });
            return sizes;
        }
    }
}
