package dev.statedict.load;

import dev.statedict.Stateful;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The members that the modules of a tree let loading assign. A module is asked when first needed. */
final class AssignmentSlots {
    /**
     * A member that can be assigned.
     *
     * @param module the module whose member it is
     * @param name its key within the module
     * @param current its value now
     * @param setter assigns it by code of the user's, which may throw; null for a field of the module
     * @param reader reads it back after that; null for a field of the module
     */
    record Slot(
            Stateful module,
            String name,
            @Nullable Object current,
            @Nullable Consumer<@Nullable Object> setter,
            @Nullable Supplier<? extends @Nullable Object> reader) {}

    private final Map<Stateful, Map<String, Slot>> byModule = new IdentityHashMap<>();

    /** The slot of a module's member, or null when the class cannot assign it. */
    @Nullable
    Slot find(Stateful owner, String name) {
        return byModule.computeIfAbsent(owner, AssignmentSlots::offered).get(name);
    }

    /** Those of all modules that were asked, as they were then. */
    Collection<Map<String, Slot>> asked() {
        return byModule.values();
    }

    private static Map<String, Slot> offered(Stateful module) {
        Collector collector = new Collector(module);
        module.assignState(collector);
        return collector.slots;
    }

    private static final class Collector extends MemberAssigner {
        final Map<String, Slot> slots = new HashMap<>();
        private final Stateful module;

        Collector(Stateful module) {
            this.module = module;
        }

        @Override
        public <T extends @Nullable Object> T field(String name, T current) {
            slots.put(name, new Slot(module, name, current, null, null));
            return current;
        }

        @Override
        public <T extends @Nullable Object> void setter(String name, Supplier<T> current, Consumer<T> setter) {
            slots.put(name, new Slot(module, name, current.get(), untyped(setter), current));
        }

        // what is set was checked to be of the type of the member's value now
        @SuppressWarnings("unchecked")
        private static Consumer<@Nullable Object> untyped(Consumer<?> consumer) {
            return (Consumer<@Nullable Object>) consumer;
        }
    }
}
