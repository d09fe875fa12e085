package dev.statedict.event;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collection;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** The events, and what all of them tell. */
abstract sealed class StateEvent extends Event implements Recorder.Begun {
    /** A state dict is saved to a file. */
    @Name("dev.statedict.Save")
    @Label("State Dict Save")
    @Category("statedict")
    @Description("A state dict is saved to a file")
    static final class Save extends StateEvent {}

    /** A state dict is read from a file. */
    @Name("dev.statedict.Load")
    @Label("State Dict Load")
    @Category("statedict")
    @Description("A state dict is read from a file")
    static final class Load extends StateEvent {}

    /** A state dict is copied in memory. */
    @Name("dev.statedict.Snapshot")
    @Label("State Dict Snapshot")
    @Category("statedict")
    @Description("A state dict is copied in memory")
    static final class Snapshot extends StateEvent {}

    @Label("Path")
    @Description("The file, where there is one")
    @Nullable
    String path;

    @Label("Keys")
    int keys;

    @Label("Bytes")
    @Description("Of all elements in memory; what is tied counts under each of its keys")
    @DataAmount
    long bytes;

    @Override
    public void end(@Nullable Path file, Collection<Tensor> tensors) {
        end();
        if (shouldCommit()) {
            path = file == null ? null : file.toString();
            keys = tensors.size();
            for (Tensor tensor : tensors) {
                bytes += (long) tensor.numel() * size(tensor.elementType());
            }
            commit();
        }
    }

    private static int size(ElementType type) {
        return switch (type) {
            case F64, I64 -> Long.BYTES;
            case F32, I32 -> Integer.BYTES;
            case BOOL -> 1;
        };
    }
}
