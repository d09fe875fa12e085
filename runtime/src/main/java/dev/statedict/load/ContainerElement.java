package dev.statedict.load;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An element of a list, array or map, which loading assigns there.
 *
 * @param container the list, array or map
 * @param name its index, or its key
 */
record ContainerElement(Object container, String name) {
    /** What it is now. */
    @Nullable
    Object current() {
        if (container instanceof Object[] array) {
            return array[Integer.parseInt(name)];
        }
        return container instanceof List<?> list ? list.get(Integer.parseInt(name)) : ((Map<?, ?>) container).get(name);
    }

    /**
     * Adds a write to the plan; what stands in its way is returned.
     *
     * @param refused the problem of a container that is unmodifiable
     */
    @Nullable
    Problem replace(String key, Object given, Problem refused, Plan plan) {
        if (container instanceof Object[] array) {
            plan.replace(key, array, Integer.parseInt(name), given);
            return null;
        }
        Object current = current();
        Consumer<@Nullable Object> write = writer();
        try {
            // an unmodifiable container refuses even what it holds already
            write.accept(current);
            plan.replace(key, write, this::current, given, current);
            return null;
        } catch (UnsupportedOperationException refusal) {
            return refused;
        } catch (RuntimeException other) {
            return new Problem.FailingContainer(key, other);
        }
    }

    // what is written is of the type of what is there
    @SuppressWarnings("unchecked")
    private Consumer<@Nullable Object> writer() {
        if (container instanceof List<?> list) {
            int index = Integer.parseInt(name);
            return value -> ((List<@Nullable Object>) list).set(index, value);
        }
        return value -> ((Map<String, @Nullable Object>) container).put(name, value);
    }
}
