package dev.statedict.load;

import dev.statedict.LoadReport;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.load.Match.TensorMatch;
import dev.statedict.tensor.Tensor;
import dev.statedict.text.KeyList;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The writes of a load, complete before the first is made. Assignments come first, each with its undo, and among them
 * those that run code of the user's, setters and containers; elements of tensors come last, for these writes cannot fail.
 */
public final class Plan {
    private final List<Assignment> foreign = new ArrayList<>();
    private final List<Assignment> plain = new ArrayList<>();
    private final Map<Stateful, FieldWrites> fields = new IdentityHashMap<>();
    private final List<TensorMatch> copies = new ArrayList<>();

    /** Writes the elements that were given for a place, with which they do not overlap. */
    void copy(TensorMatch match) {
        copies.add(match);
    }

    /** Does that for all of them. */
    void copyAll(List<TensorMatch> matches) {
        copies.addAll(matches);
    }

    /** Assigns a member in the way that its module offers. */
    void assign(String key, AssignmentSlots.Slot slot, @Nullable Object value) {
        if (slot.setter() != null) {
            foreign.add(new Assignment.OfValue(key, slot.setter(), value, slot.current()));
        } else {
            fields.computeIfAbsent(slot.module(), this::fieldsOf).add(key, slot, value);
        }
    }

    private FieldWrites fieldsOf(Stateful module) {
        FieldWrites writes = new FieldWrites(module);
        plain.add(writes);
        return writes;
    }

    /** Replaces an element of a list or map, whose classes may be the user's. */
    void replace(String key, Consumer<@Nullable Object> write, Tensor given, Tensor current) {
        foreign.add(new Assignment.OfValue(key, write, given, current));
    }

    /** Replaces an element of an array. */
    void replace(String key, @Nullable Tensor[] array, int index, Tensor given) {
        plain.add(new Assignment.OfValue(key, value -> array[index] = (Tensor) value, given, array[index]));
    }

    /**
     * Makes all the writes or none.
     *
     * @throws StateDictLoadException when an assignment threw; the module is as it was
     */
    void commit(LoadReport report) {
        List<Assignment> assignments = new ArrayList<>(foreign);
        assignments.addAll(plain);
        int next = 0;
        try {
            for (; next < assignments.size(); next++) {
                assignments.get(next).write();
            }
        } catch (Throwable thrown) {
            // the one that threw may have done half its work
            List<String> stuck = undo(assignments.subList(0, next + 1), thrown);
            if (thrown instanceof Error error) {
                throw error;
            }
            throw new StateDictLoadException(
                    failure(assignments.get(next).keys(), thrown, stuck), unapplied(report), thrown);
        }
        for (TensorMatch copy : copies) {
            copy.target().current().copyFrom(copy.given());
        }
    }

    /** The report of the same load where it did not happen. */
    static LoadReport unapplied(LoadReport report) {
        return new LoadReport(
                List.of(),
                report.missing(),
                report.unexpected(),
                report.skipped(),
                report.renamed(),
                report.retired(),
                Map.of(),
                List.of(),
                report.problems());
    }

    /** Assigns what was there before, last first; the keys for which that threw too are returned. */
    private static List<String> undo(List<Assignment> made, Throwable thrown) {
        List<String> stuck = new ArrayList<>();
        for (int i = made.size() - 1; i >= 0; i--) {
            Assignment assignment = made.get(i);
            try {
                assignment.undo();
            } catch (Throwable again) {
                stuck.addAll(assignment.keys());
                // an exception cannot suppress itself, and setters may throw one instance twice
                if (again != thrown) {
                    thrown.addSuppressed(again);
                }
            }
        }
        return stuck;
    }

    private static String failure(List<String> keys, Throwable thrown, List<String> stuck) {
        String outcome = stuck.isEmpty()
                ? "The load was undone: the module is as it was."
                : "The load was undone, but setting back " + KeyList.quoted(stuck)
                        + " threw too (see the suppressed exceptions): the rest of the module is as it was.";
        return "Assigning " + KeyList.quoted(keys) + " threw " + thrown + ". " + outcome;
    }
}
