package dev.statedict.load;

import dev.statedict.LoadReport;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.load.AssignmentSlots.Slot;
import dev.statedict.load.Match.TensorMatch;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import dev.statedict.text.KeyList;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writes of a load, complete before the first is made. Assignments come first, each with its undo, and among them
 * those that run code of the user's, setters and containers; elements of tensors come last, for these writes cannot fail:
 * what they and an undo take of memory is there before the first write.
 */
final class Plan {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));
    private static final int RESERVE = 1 << 14;
    private static final int RESERVE_PER_KEY = 1 << 7;

    private final List<Assignment> foreign = new ArrayList<>();
    private final List<Assignment> plain = new ArrayList<>();
    private final Map<Stateful, FieldWrites> fields = new IdentityHashMap<>();
    private final List<ReadBack> readBacks = new ArrayList<>();
    private final List<TensorMatch> copies = new ArrayList<>();
    /** For what an undo takes, as fields of primitives are boxed, where memory has run out. */
    private byte @Nullable [] reserve;
    /** For the walk that tells what stands, likewise. */
    private byte @Nullable [] walkReserve;

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
        if (slot.setter() != null && slot.reader() != null) {
            foreign.add(new Assignment.OfValue(key, slot.setter(), value, slot.current()));
            readBacks.add(new ReadBack(key, value, slot.current(), slot.reader()));
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
    void replace(
            String key,
            Consumer<@Nullable Object> write,
            Supplier<? extends @Nullable Object> read,
            Object given,
            @Nullable Object current) {
        foreign.add(new Assignment.OfValue(key, write, given, current));
        readBacks.add(new ReadBack(key, given, current, read));
    }

    /** Replaces an element of an array. */
    void replace(String key, @Nullable Object[] array, int index, Object given) {
        plain.add(new Assignment.OfValue(key, value -> array[index] = value, given, array[index]));
    }

    /**
     * Makes all the writes or none.
     *
     * @throws StateDictLoadException when an assignment threw, or was not kept; the module is as it was, or what is not is
     *     named
     */
    void commit(LoadReport report, AssignmentSlots slots, Standing standing) {
        List<Assignment> assignments = new ArrayList<>(foreign);
        assignments.addAll(plain);
        boolean[] stuck = new boolean[assignments.size()];
        reserve =
                new byte[assignments.isEmpty() ? 0 : RESERVE + Math.min(assignments.size(), RESERVE) * RESERVE_PER_KEY];
        walkReserve = new byte[foreign.isEmpty() ? 0 : RESERVE + Math.min(standing.size(), RESERVE) * RESERVE_PER_KEY];
        List<@Nullable Runnable> prepared = prepareCopies();
        int next = 0;
        try {
            for (; next < assignments.size(); next++) {
                assignments.get(next).write();
            }
            // by now no setter can undo what another one did
            readBacks.forEach(ReadBack::check);
            if (!foreign.isEmpty()) {
                walkReserve = null;
                checkStands(standing);
            }
        } catch (Throwable thrown) {
            // the one that threw may have done half its work
            reserve = null;
            undo(assignments, Math.min(next + 1, assignments.size()), stuck, thrown);
            String restored = foreign.isEmpty() ? "" : restored(slots, standing);
            if (thrown instanceof Error error) {
                throw error;
            }
            throw new StateDictLoadException(
                    told(thrown, assignments, next) + " " + outcome(assignments, stuck, restored),
                    unapplied(report),
                    thrown);
        }
        // from here on nothing is allocated: not even an iterator
        for (int i = 0; i < copies.size(); i++) {
            Runnable copy = prepared.get(i);
            if (copy == null) {
                copies.get(i).target().current().copyFrom(copies.get(i).given());
            } else {
                copy.run();
            }
        }
    }

    /** All that the copies allocate; null for those, most of all, that allocate nothing. */
    private List<@Nullable Runnable> prepareCopies() {
        List<@Nullable Runnable> prepared = new ArrayList<>(copies.size());
        for (TensorMatch copy : copies) {
            prepared.add(TENSORS.preparedCopy(copy.given(), copy.target().current()));
        }
        return prepared;
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
                Map.of(),
                List.of(),
                report.dropped(),
                report.untouched(),
                report.problems());
    }

    /** Assigns what was there before, last first; marks what threw too. What it takes itself is there. */
    private static void undo(List<Assignment> assignments, int made, boolean[] stuck, Throwable thrown) {
        for (int i = made - 1; i >= 0; i--) {
            try {
                assignments.get(i).undo();
            } catch (Throwable again) {
                stuck[i] = true;
                suppress(thrown, again);
            }
        }
    }

    /** A setter may have replaced what other members hold. */
    private static void checkStands(Standing standing) {
        List<String> lost = standing.lost();
        if (!lost.isEmpty()) {
            throw new ReadBack.NotKept(
                    "What is loaded for " + KeyList.quoted(lost)
                            + " did not last: a setter of another member, or a class"
                            + " of a container, replaced it; let each setter assign its own member alone.",
                    null);
        }
    }

    /** What went wrong, as a sentence. */
    private static String told(Throwable thrown, List<Assignment> assignments, int next) {
        if (thrown instanceof ReadBack.NotKept) {
            return String.valueOf(thrown.getMessage());
        }
        return next < assignments.size()
                ? "Assigning " + KeyList.quoted(assignments.get(next).keys()) + " threw " + thrown + "."
                : "Reading the module back after its setters ran threw " + thrown + ".";
    }

    /** What is left to say of setting back; nothing where all is as it was. */
    private String restored(AssignmentSlots slots, Standing standing) {
        try {
            List<String> moved = restore(slots, standing);
            return moved.isEmpty()
                    ? ""
                    : "what a setter put in place of " + KeyList.quoted(moved)
                            + " cannot be set back: the rest of the module is as it was.";
        } catch (Throwable thrown) {
            return "asking the module for what it holds now threw " + thrown + ": what a setter put in place of other"
                    + " members is not known.";
        }
    }

    /**
     * Sets back also what setters replaced that had not been asked to, as far as the modules offer it.
     *
     * @return the keys for which that cannot be done
     */
    private List<String> restore(AssignmentSlots slots, Standing standing) {
        for (Map<String, Slot> offered : slots.asked()) {
            for (Slot slot : offered.values()) {
                if (slot.setter() != null
                        && slot.reader() != null
                        && !ReadBack.isSame(slot.current(), slot.reader().get())) {
                    slot.setter().accept(slot.current());
                }
            }
        }
        // fields last, for a setter may write them
        for (Map<String, Slot> offered : slots.asked()) {
            for (Slot slot : offered.values()) {
                if (slot.setter() == null) {
                    FieldWrites field = new FieldWrites(slot.module());
                    field.add(slot.name(), slot, slot.current());
                    field.undo();
                }
            }
        }
        Set<String> moved = new LinkedHashSet<>(standing.moved());
        for (ReadBack readBack : readBacks) {
            if (!readBack.isUndone()) {
                moved.add(readBack.key());
            }
        }
        return List.copyOf(moved);
    }

    private static void suppress(Throwable thrown, Throwable again) {
        try {
            // an exception cannot suppress itself, and setters may throw one instance twice
            if (again != thrown) {
                thrown.addSuppressed(again);
            }
        } catch (OutOfMemoryError noPlace) {
            // the undo goes on
        }
    }

    private static String outcome(List<Assignment> assignments, boolean[] isStuck, String restored) {
        List<String> stuck = new ArrayList<>();
        for (int i = isStuck.length - 1; i >= 0; i--) {
            if (isStuck[i]) {
                stuck.addAll(assignments.get(i).keys());
            }
        }
        if (!stuck.isEmpty()) {
            return "The load was undone, but setting back " + KeyList.quoted(stuck)
                    + " threw too (see the suppressed exceptions): the rest of the module is as it was.";
        }
        return restored.isEmpty()
                ? "The load was undone: the module is as it was."
                : "The load was undone, but " + restored;
    }
}
