package dev.statedict.load;

import dev.statedict.Stateful;
import dev.statedict.load.AssignmentSlots.Slot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The writes to fields of one module: it is asked to assign its state once more, and each field gets what is planned. */
final class FieldWrites implements Assignment {
    private record Write(
            String key, @Nullable Object value, @Nullable Object before) {}

    private final Stateful module;
    private final Map<String, Write> writes = new LinkedHashMap<>();
    // made ahead, as all that a commit takes
    private final Writer writer = new Writer(Write::value);
    private final Check check = new Check();
    private final Writer undoer = new Writer(Write::before);

    FieldWrites(Stateful module) {
        this.module = module;
    }

    void add(String key, Slot slot, @Nullable Object value) {
        writes.put(slot.name(), new Write(key, value, slot.current()));
    }

    @Override
    public List<String> keys() {
        return writes.values().stream().map(Write::key).toList();
    }

    @Override
    public void write() {
        module.assignState(writer);
        module.assignState(check);
    }

    @Override
    public void undo() {
        module.assignState(undoer);
    }

    private final class Writer extends MemberAssigner {
        private final Function<Write, @Nullable Object> side;

        Writer(Function<Write, @Nullable Object> side) {
            this.side = side;
        }

        // what is written was checked to be of the type of the member's value now
        @SuppressWarnings("unchecked")
        @Override
        public <T extends @Nullable Object> T field(String name, T current) {
            Write write = writes.get(name);
            return write == null ? current : (T) side.apply(write);
        }

        @Override
        public <T extends @Nullable Object> void setter(String name, Supplier<T> current, Consumer<T> setter) {
            // ran before
        }
    }

    /** What a module written by hand is given and does not write would be lost in silence. */
    private final class Check extends MemberAssigner {
        @Override
        public <T extends @Nullable Object> T field(String name, T current) {
            Write write = writes.get(name);
            if (write != null && !Objects.equals(current, write.value())) {
                throw new IllegalStateException(
                        "assignState does not write what it is given: write ... = assigner.field(\"" + name
                                + "\", ...)");
            }
            return current;
        }

        @Override
        public <T extends @Nullable Object> void setter(String name, Supplier<T> current, Consumer<T> setter) {
            // may make of the value what it will
        }
    }
}
