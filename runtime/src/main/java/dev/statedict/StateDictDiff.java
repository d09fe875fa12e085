package dev.statedict;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import dev.statedict.text.KeyList;
import dev.statedict.tree.ExtraStateValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * In what two dicts differ. {@link #toString} prints it as a table.
 *
 * @param missing the keys of the first that the second lacks, in order
 * @param added the keys of the second that the first lacks, in order
 * @param types the tensors of another element type
 * @param shapes the tensors of another shape
 * @param values the tensors of the same type and shape with other elements
 * @param extraState the keys of extra state that differs, is missing or was added
 * @param versions the modules whose classes have another version
 */
public record StateDictDiff(
        List<String> missing,
        List<String> added,
        List<TypeChange> types,
        List<ShapeChange> shapes,
        List<ValueChange> values,
        List<String> extraState,
        List<VersionChange> versions) {

    /**
     * Two tensors of different element type.
     *
     * @param key their key
     * @param before the first's type
     * @param after the second's type
     */
    public record TypeChange(String key, ElementType before, ElementType after) {}

    /**
     * Two tensors of different shape.
     *
     * @param key their key
     * @param before the first's shape
     * @param after the second's shape
     */
    public record ShapeChange(String key, List<Integer> before, List<Integer> after) {}

    /**
     * Two tensors with different elements. NaN equals NaN; 0.0 and -0.0 differ, by one ULP.
     *
     * @param key their key
     * @param count how many elements differ
     * @param maxAbsolute the largest absolute difference, of very large whole numbers rounded; NaN when a NaN stands against a number
     * @param maxUlp the largest difference in units in the last place: how many values of the type lie between, plus one;
     *     at most {@link Long#MAX_VALUE}
     * @param firstIndex where the first difference is, an index for each dimension
     */
    public record ValueChange(String key, int count, double maxAbsolute, long maxUlp, List<Integer> firstIndex) {}

    /**
     * Two versions of the class of one module.
     *
     * @param modulePath the module's path, {@code ""} for the root
     * @param before the first's version; 1 where it says nothing
     * @param after the second's version; 1 where it says nothing
     */
    public record VersionChange(String modulePath, int before, int after) {}

    /**
     * Copies what it is given.
     *
     * @param missing the keys of the first that the second lacks
     * @param added the keys of the second that the first lacks
     * @param types the tensors of another element type
     * @param shapes the tensors of another shape
     * @param values the tensors of the same type and shape with other elements
     * @param extraState the keys of extra state that differs
     * @param versions the modules whose classes have another version
     */
    public StateDictDiff {
        missing = List.copyOf(missing);
        added = List.copyOf(added);
        types = List.copyOf(types);
        shapes = List.copyOf(shapes);
        values = List.copyOf(values);
        extraState = List.copyOf(extraState);
        versions = List.copyOf(versions);
    }

    static StateDictDiff between(StateDict first, StateDict second) {
        List<String> missing = new ArrayList<>();
        List<TypeChange> types = new ArrayList<>();
        List<ShapeChange> shapes = new ArrayList<>();
        List<ValueChange> values = new ArrayList<>();
        for (Map.Entry<String, Tensor> entry : first.entrySet()) {
            Tensor before = entry.getValue();
            Tensor after = second.get(entry.getKey());
            if (after == null) {
                missing.add(entry.getKey());
            } else if (before.elementType() != after.elementType()) {
                types.add(new TypeChange(entry.getKey(), before.elementType(), after.elementType()));
            } else if (!before.hasSameShapeAs(after)) {
                shapes.add(new ShapeChange(entry.getKey(), boxed(before.shape()), boxed(after.shape())));
            } else if (!before.contentEquals(after)) {
                values.add(valueChange(entry.getKey(), before, after));
            }
        }
        List<String> added = new ArrayList<>(second.keySet());
        added.removeAll(first.keySet());
        return new StateDictDiff(
                missing,
                added,
                types,
                shapes,
                values,
                ExtraStateValue.differing(first.extraState(), second.extraState()),
                versionChanges(first, second));
    }

    private static List<VersionChange> versionChanges(StateDict first, StateDict second) {
        Set<String> paths = new LinkedHashSet<>(first.versions().keySet());
        paths.addAll(second.versions().keySet());
        return paths.stream()
                .map(path -> new VersionChange(
                        path, first.metadata().version(path), second.metadata().version(path)))
                .filter(change -> change.before() != change.after())
                .toList();
    }

    private static ValueChange valueChange(String key, Tensor before, Tensor after) {
        long[] from = ordinals(before);
        long[] to = ordinals(after);
        double[] values = before.elementType().isFloatingPoint() ? before.toDoubleArray() : new double[0];
        double[] others = before.elementType().isFloatingPoint() ? after.toDoubleArray() : new double[0];
        int first = -1;
        int count = 0;
        double maxAbsolute = 0;
        long maxUlp = 0;
        for (int i = 0; i < from.length; i++) {
            if (from[i] != to[i]) {
                first = first < 0 ? i : first;
                count++;
                // infinities of one sign do not differ, so this is NaN only for a NaN
                double absolute = values.length > 0 ? values[i] - others[i] : (double) from[i] - to[i];
                maxAbsolute = Math.max(maxAbsolute, Math.abs(absolute));
                maxUlp = Math.max(maxUlp, distance(from[i], to[i]));
            }
        }
        return new ValueChange(key, count, maxAbsolute, maxUlp, index(first, before.shape()));
    }

    private static long distance(long one, long other) {
        long difference = Math.max(one, other) - Math.min(one, other);
        return difference < 0 ? Long.MAX_VALUE : difference;
    }

    /** The position of each element among all values of its type in ascending order, with -0.0 just below 0.0. */
    private static long[] ordinals(Tensor tensor) {
        return switch (tensor.elementType()) {
            case F32 -> {
                float[] values = tensor.toArray();
                long[] ordinals = new long[values.length];
                for (int i = 0; i < values.length; i++) {
                    int bits = Float.floatToIntBits(values[i]);
                    ordinals[i] = bits < 0 ? ~(bits & Integer.MAX_VALUE) : bits;
                }
                yield ordinals;
            }
            case F64 -> {
                double[] values = tensor.toDoubleArray();
                long[] ordinals = new long[values.length];
                for (int i = 0; i < values.length; i++) {
                    long bits = Double.doubleToLongBits(values[i]);
                    ordinals[i] = bits < 0 ? ~(bits & Long.MAX_VALUE) : bits;
                }
                yield ordinals;
            }
            case I32, I64, BOOL -> tensor.toLongArray();
        };
    }

    /** The indices of an element by its row-major position. */
    private static List<Integer> index(int position, int[] shape) {
        Integer[] indices = new Integer[shape.length];
        int rest = position;
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            indices[dim] = rest % shape[dim];
            rest /= shape[dim];
        }
        return List.of(indices);
    }

    private static List<Integer> boxed(int[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }

    /**
     * Whether the dicts hold the same.
     *
     * @return whether nothing differs
     */
    public boolean isEmpty() {
        return missing.isEmpty()
                && added.isEmpty()
                && types.isEmpty()
                && shapes.isEmpty()
                && values.isEmpty()
                && extraState.isEmpty()
                && versions.isEmpty();
    }

    /**
     * A table with a line for each key that differs; a long one is cut, and says by how much.
     *
     * @return {@code no difference} when there is none
     */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "no difference";
        }
        List<String[]> rows = new ArrayList<>();
        missing.forEach(key -> rows.add(new String[] {key, "missing in the second"}));
        added.forEach(key -> rows.add(new String[] {key, "added in the second"}));
        types.forEach(change -> rows.add(new String[] {change.key(), change.before() + " became " + change.after()}));
        shapes.forEach(change ->
                rows.add(new String[] {change.key(), "shape " + change.before() + " became " + change.after()}));
        values.forEach(change -> rows.add(new String[] {change.key(), describe(change)}));
        extraState.forEach(key -> rows.add(new String[] {key, "extra state differs"}));
        versions.forEach(change -> rows.add(new String[] {
            change.modulePath().isEmpty() ? "(root)" : change.modulePath(),
            "version " + change.before() + " became " + change.after()
        }));
        int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        List<String> lines = rows.stream()
                .map(row -> row[0] + " ".repeat(width - row[0].length() + 2) + row[1])
                .toList();
        return String.join("\n", KeyList.lines(lines, "more difference"));
    }

    private static String describe(ValueChange change) {
        return String.format(
                Locale.ROOT,
                "%s, at most %.4g or %,d ULP, first at %s",
                KeyList.count(change.count(), "element") + (change.count() == 1 ? " differs" : " differ"),
                change.maxAbsolute(),
                change.maxUlp(),
                change.firstIndex());
    }
}
