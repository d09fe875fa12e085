package dev.statedict;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ways to assign members that the modules of a tree offer. A module is asked when first needed. */
final class AssignmentSlots {
    /**
     * A way to assign a member.
     *
     * @param current the member's value now
     * @param write assigns it
     * @param foreign whether that runs code of the user's, which may throw
     */
    record Slot(@Nullable Object current, Consumer<Object> write, boolean foreign) {}

    private final Map<Stateful, Map<String, Slot>> byModule = new IdentityHashMap<>();

    /** The slot of a module's member, or null when the class cannot assign it. */
    @Nullable
    Slot find(Stateful owner, String name) {
        return byModule.computeIfAbsent(owner, AssignmentSlots::offered).get(name);
    }

    private static Map<String, Slot> offered(Stateful module) {
        Collector collector = new Collector();
        module.assignState(collector);
        return collector.slots;
    }

    private static final class Collector extends StateAssigner {
        final Map<String, Slot> slots = new HashMap<>();

        @Override
        public <T> void field(String name, @Nullable T current, Consumer<T> write) {
            slots.put(name, new Slot(current, untyped(write), false));
        }

        @Override
        public <T> void setter(String name, @Nullable T current, Consumer<T> setter) {
            slots.put(name, new Slot(current, untyped(setter), true));
        }

        // what is written was checked to be of the type of the member's value now
        @SuppressWarnings("unchecked")
        private static Consumer<Object> untyped(Consumer<?> consumer) {
            return (Consumer<Object>) consumer;
        }
    }
}
