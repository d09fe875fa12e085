package dev.statedict.load;

import dev.statedict.load.Targets.Target;
import dev.statedict.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that a module declares for its members, in numbers and symbols: {@code "out, in"}. A symbol stands for one
 * size throughout the module.
 */
public final class DeclaredShapes {
    private record Bound(int size, String key) {}

    private final Map<String, String> shapes = new LinkedHashMap<>();

    void add(String name, String sizes) {
        shapes.put(name, sizes);
    }

    /** What speaks against a tensor that is to be loaded; each is checked against those before it. */
    Checker checker() {
        return new Checker();
    }

    final class Checker {
        private final Map<String, Bound> bound = new HashMap<>();

        /** The problem with the shape, or null when it fits. */
        @Nullable
        Problem check(Target target, Tensor given) {
            String declared = shapes.get(target.name());
            if (declared == null) {
                return null;
            }
            String[] sizes = declared.isEmpty() ? new String[0] : declared.split(", ", -1);
            if (sizes.length != given.dim()) {
                return new Problem.DeclaredShape(
                        target.key(), given.shape(), declared, "it has " + given.dim() + " dimension(s)");
            }
            for (int dim = 0; dim < sizes.length; dim++) {
                String contradiction = bind(sizes[dim], given.size(dim), target.key());
                if (contradiction != null) {
                    return new Problem.DeclaredShape(target.key(), given.shape(), declared, contradiction);
                }
            }
            return null;
        }

        private @Nullable String bind(String symbol, int size, String key) {
            if (Character.isDigit(symbol.charAt(0))) {
                return Integer.parseInt(symbol) == size ? null : symbol + " is not " + size;
            }
            Bound before = bound.putIfAbsent(symbol, new Bound(size, key));
            return before == null || before.size() == size
                    ? null
                    : symbol + " is " + before.size() + " by \"" + before.key() + "\"";
        }
    }
}
