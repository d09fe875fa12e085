package dev.statedict.io.pickle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that instructions leave for those behind them. Whoever takes what is not there gets an
 * {@link IllegalArgumentException}.
 */
final class PickleStack {
    private final List<@Nullable Object> values = new ArrayList<>();
    /** How many values there were at each MARK. Those below the last belong to the enclosing one. */
    private final List<Integer> marks = new ArrayList<>();

    boolean isEmpty() {
        return values.isEmpty() && marks.isEmpty();
    }

    void mark() {
        marks.add(values.size());
    }

    void push(@Nullable Object value) {
        values.add(value);
    }

    @Nullable
    Object top() {
        if (values.size() <= floor()) {
            throw new IllegalArgumentException("there is no value for it");
        }
        return values.get(values.size() - 1);
    }

    @Nullable
    Object pop() {
        Object value = top();
        values.remove(values.size() - 1);
        return value;
    }

    List<@Nullable Object> popLast(int count) {
        if (values.size() - count < floor()) {
            throw new IllegalArgumentException("there are no " + count + " values for it");
        }
        return popFrom(values.size() - count);
    }

    List<@Nullable Object> popToMark() {
        if (marks.isEmpty()) {
            throw new IllegalArgumentException("there is no MARK before it");
        }
        return popFrom(marks.remove(marks.size() - 1));
    }

    private List<@Nullable Object> popFrom(int index) {
        List<@Nullable Object> top = values.subList(index, values.size());
        List<@Nullable Object> popped = new ArrayList<>(top);
        top.clear();
        return popped;
    }

    private int floor() {
        return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    }
}
