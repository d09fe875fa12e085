package dev.statedict.load;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A write of a load that has a way back. */
sealed interface Assignment permits Assignment.OfValue, FieldWrites {
    /** The keys of what is assigned. */
    List<String> keys();

    void write();

    void undo();

    /** Of one value, by whatever assigns it. */
    record OfValue(
            String key,
            Consumer<? super @Nullable Object> assign,
            @Nullable Object value,
            @Nullable Object before) implements Assignment {
        @Override
        public List<String> keys() {
            return List.of(key);
        }

        @Override
        public void write() {
            assign.accept(value);
        }

        @Override
        public void undo() {
            assign.accept(before);
        }
    }
}
