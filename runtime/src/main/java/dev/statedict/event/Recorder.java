package dev.statedict.event;

import dev.statedict.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collection;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Begins events. Where the module {@code jdk.jfr} is not there, or nothing has ever been recorded, that costs the look at a field, and
 * no class of the event is loaded.
 */
public final class Recorder {
    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    /** An event that has begun; {@link #end} records it. One that is not to be recorded does nothing. */
    public interface Begun {
        /**
         * Records the event.
         *
         * @param path the file, if there is one
         * @param tensors what was saved, loaded or copied
         */
        void end(@Nullable Path path, Collection<Tensor> tensors);
    }

    private static final Begun NOTHING = (path, tensors) -> {};

    private Recorder() {}

    /** {@return a save to a file, from now on} */
    public static Begun save() {
        return isRecording() ? Events.save() : NOTHING;
    }

    /** {@return a load from a file, from now on} */
    public static Begun load() {
        return isRecording() ? Events.load() : NOTHING;
    }

    /** {@return a snapshot in memory, from now on} */
    public static Begun snapshot() {
        return isRecording() ? Events.snapshot() : NOTHING;
    }

    /** In a class of its own, which is loaded only to record: to verify it, the classes of the events are needed. */
    private static final class Events {
        static Begun save() {
            return begun(new StateEvent.Save());
        }

        static Begun load() {
            return begun(new StateEvent.Load());
        }

        static Begun snapshot() {
            return begun(new StateEvent.Snapshot());
        }

        private static Begun begun(StateEvent event) {
            event.begin();
            return event;
        }
    }

    private static boolean isRecording() {
        return AVAILABLE && FlightRecorder.isInitialized();
    }
}
