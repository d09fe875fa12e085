package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The writes of a load, complete before the first is made. Those that run code of the user's, setters and containers,
 * come first, each with its undo; the rest are plain field and array writes, which cannot fail.
 */
final class LoadPlan {
    private record ForeignWrite(String key, Runnable write, Runnable undo) {}

    private final List<ForeignWrite> foreign = new ArrayList<>();
    private final List<Runnable> plain = new ArrayList<>();

    /** Writes the elements of one tensor into another of the same shape that it does not overlap. */
    void copy(Tensor given, Tensor target) {
        plain.add(() -> target.copyFrom(given));
    }

    /** Assigns a member through what its module offered. */
    void assign(String key, AssignmentSlots.Slot slot, @Nullable Object value) {
        Consumer<@Nullable Object> write = slot.write();
        if (slot.foreign()) {
            foreign.add(new ForeignWrite(key, () -> write.accept(value), () -> write.accept(slot.current())));
        } else {
            plain.add(() -> write.accept(value));
        }
    }

    /** Replaces an element of a list or map. */
    void replace(String key, Consumer<Tensor> write, Tensor given, Tensor current) {
        foreign.add(new ForeignWrite(key, () -> write.accept(given), () -> write.accept(current)));
    }

    /** Replaces an element of an array. */
    void replace(@Nullable Tensor[] array, int index, Tensor given) {
        plain.add(() -> array[index] = given);
    }

    /**
     * Makes all the writes or none.
     *
     * @throws StateDictLoadException when code of the user's threw; the module is as it was
     */
    void commit(LoadReport report) {
        int done = 0;
        try {
            for (; done < foreign.size(); done++) {
                foreign.get(done).write().run();
            }
        } catch (RuntimeException | Error thrown) {
            // the write that threw may have done half its work
            undo(done, thrown);
            if (thrown instanceof Error error) {
                throw error;
            }
            throw new StateDictLoadException(failure(foreign.get(done).key(), thrown), report, thrown);
        }
        plain.forEach(Runnable::run);
    }

    private void undo(int last, Throwable thrown) {
        for (int i = last; i >= 0; i--) {
            try {
                foreign.get(i).undo().run();
            } catch (RuntimeException | Error again) {
                thrown.addSuppressed(again);
            }
        }
    }

    private static String failure(String key, Throwable thrown) {
        String outcome = thrown.getSuppressed().length == 0
                ? "The load was undone: the module is as it was."
                : "Undoing the load failed too (see the suppressed exceptions): the module may be changed.";
        return "Assigning \"" + key + "\" threw " + thrown + ". " + outcome;
    }
}
