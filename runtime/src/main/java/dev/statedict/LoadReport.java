package dev.statedict;

import dev.statedict.load.SerializedReport;
import dev.statedict.text.KeyList;
import dev.statedict.tree.MemberKeys;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a load did; in a {@link StateDictLoadException}, what stood in its way. The lists are whole, however long;
 * {@link #toString} cuts them. Serialized, a report is a text, so that a filter of streams need allow no class but its own.
 *
 * @param applied the keys of the module that have the dict's values now, in module order
 * @param missing the keys of the module that the dict lacks, in module order
 * @param unexpected the keys of the dict that the module lacks, in PyTorch's order: by the module they lead to
 * @param skipped the keys whose shapes differ and were allowed to
 * @param renamed the dict's keys that were read under another name, with that name; with all of them, and a comma between,
 *     where a mapping made several entries of one
 * @param retired the dict's keys that the module's classes have retired; they were dropped
 * @param tied keys that have another's value because they lead to one place, with the other's key: their own value
 *     differed and came earlier in module order, or the dict had none that fits. Tied tensors are one place, and so is a
 *     counter or extra state of a module that stands on several paths
 * @param overlapping keys that have in part another's value because the two overlap and the dict's values for them
 *     contradict one another, with the key of the one that stands, which is the later in module order
 * @param unchanged the applied keys for which the dict held the module's very tensor, so that nothing was to be done
 * @param dropped the dict's keys that {@linkplain LoadOptions#withMapping a mapping} dropped
 * @param untouched the dict's keys of which a mapping's rules said nothing, so that they were taken as they are
 * @param problems what else stood in the way of a load that did not happen, a sentence each, such as size mismatches
 */
public record LoadReport(
        List<String> applied,
        List<String> missing,
        List<String> unexpected,
        List<Skipped> skipped,
        Map<String, String> renamed,
        List<String> retired,
        Map<String, String> tied,
        Map<String, String> overlapping,
        List<String> unchanged,
        List<String> dropped,
        List<String> untouched,
        List<String> problems)
        implements Serializable {

    /**
     * A tensor that was left as it was because the dict's has another shape.
     *
     * @param key the module's key
     * @param given the dict's shape
     * @param expected the module's shape
     */
    public record Skipped(String key, List<Integer> given, List<Integer> expected) implements Serializable {
        @Override
        public String toString() {
            return key + ": " + given + " for " + expected;
        }
    }

    /**
     * Copies what it is given.
     *
     * @param applied the keys of the module that have the dict's values now
     * @param missing the keys of the module that the dict lacks
     * @param unexpected the keys of the dict that the module lacks
     * @param skipped the keys whose shapes differ
     * @param renamed the dict's keys that were read under another name
     * @param retired the dict's keys that the module's classes have retired
     * @param tied keys that have another's value
     * @param overlapping keys that have in part another's value
     * @param unchanged the applied keys for which nothing was to be done
     * @param dropped the dict's keys that a mapping dropped
     * @param untouched the dict's keys of which a mapping said nothing
     * @param problems what else stood in the way
     */
    public LoadReport {
        applied = applied instanceof MemberKeys ? applied : List.copyOf(applied);
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
        skipped = List.copyOf(skipped);
        renamed = Collections.unmodifiableMap(new LinkedHashMap<>(renamed));
        retired = List.copyOf(retired);
        tied = Collections.unmodifiableMap(new LinkedHashMap<>(tied));
        overlapping = Collections.unmodifiableMap(new LinkedHashMap<>(overlapping));
        unchanged = List.copyOf(unchanged);
        dropped = List.copyOf(dropped);
        untouched = List.copyOf(untouched);
        problems = List.copyOf(problems);
    }

    /**
     * The report as PyTorch prints what {@code load_state_dict} returns, then what PyTorch does not say, a line each.
     *
     * @return for example {@code <All keys matched successfully>} and, in the next line, {@code 12 keys applied}
     */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(
                missing.isEmpty() && unexpected.isEmpty() && skipped.isEmpty() && overlapping.isEmpty()
                        ? "<All keys matched successfully>"
                        : "_IncompatibleKeys(missing_keys=[" + KeyList.python(missing) + "], unexpected_keys=["
                                + KeyList.python(unexpected) + "])");
        lines.add(KeyList.count(applied.size(), "key") + " applied");
        if (!skipped.isEmpty()) {
            lines.add(KeyList.count(skipped.size(), "key") + " skipped for the shape: " + KeyList.plain(skipped));
        }
        if (!renamed.isEmpty()) {
            lines.add(KeyList.count(renamed.size(), "key") + " renamed: " + KeyList.plain(renamed.entrySet()));
        }
        if (!retired.isEmpty()) {
            lines.add(KeyList.count(retired.size(), "key") + " retired: " + KeyList.plain(retired));
        }
        if (!tied.isEmpty()) {
            lines.add(KeyList.count(tied.size(), "key") + " tied, with the value of another: "
                    + KeyList.plain(tied.entrySet()));
        }
        if (!overlapping.isEmpty()) {
            lines.add(KeyList.count(overlapping.size(), "key") + " overlapping, in part with the value of another: "
                    + KeyList.plain(overlapping.entrySet()));
        }
        if (!unchanged.isEmpty()) {
            lines.add(KeyList.count(unchanged.size(), "key")
                    + " unchanged: the dict holds the module's own tensors, as an"
                    + " ALIAS dict does; keep a COPY to go back to");
            lines.addAll(restored());
        }
        if (!dropped.isEmpty()) {
            lines.add(KeyList.count(dropped.size(), "key") + " dropped by the mapping: " + KeyList.plain(dropped));
        }
        if (!untouched.isEmpty()) {
            lines.add(KeyList.count(untouched.size(), "key") + " that no rule of the mapping touched: "
                    + KeyList.plain(untouched));
        }
        if (!problems.isEmpty()) {
            lines.add(KeyList.count(problems.size(), "problem") + ":");
            KeyList.lines(problems, "more problem").forEach(problem -> lines.add("\t" + problem));
        }
        return String.join("\n", lines);
    }

    private Object writeReplace() {
        return new SerializedReport(this);
    }

    /** What a dict does that changes no tensor: counters and extra state cannot alias. */
    private List<String> restored() {
        Set<String> same = new HashSet<>(unchanged);
        List<String> restored =
                applied.stream().filter(key -> !same.contains(key)).toList();
        return restored.isEmpty()
                ? List.of()
                : List.of(KeyList.count(restored.size(), "key") + " restored: " + KeyList.plain(restored));
    }
}
