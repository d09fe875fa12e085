package dev.statedict.tensor;

import dev.statedict.tensor.access.FusedMultiplyAdd;
import dev.statedict.tensor.access.Vectors;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JDK's Vector API, which is there if the JVM was started with {@code --add-modules jdk.incubator.vector}. */
final class VectorApi {
    /** What is computed by it, or null. */
    static final @Nullable Vectors VECTORS = load();

    private VectorApi() {}

    private static @Nullable Vectors load() {
        Optional<Module> incubator = ModuleLayer.boot().findModule("jdk.incubator.vector");
        if (incubator.isEmpty() || !FusedMultiplyAdd.hasInstruction()) {
            return null;
        }
        try {
            // which the module does not require, for then javac and java would warn all users of an incubator
            VectorApi.class.getModule().addReads(incubator.get());
            // not imported, for javadoc follows imports, to what it cannot see without that module
            return new dev.statedict.tensor.vector.IncubatorVectors();
        } catch (UnsupportedOperationException | LinkageError e) {
            // vectors are too short, or the incubator has changed: loops come to the same bits
            return null;
        }
    }
}
