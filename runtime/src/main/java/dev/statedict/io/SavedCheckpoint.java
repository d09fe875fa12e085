package dev.statedict.io;

import dev.statedict.io.manager.StepFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint in a {@link CheckpointManager}'s directory, as it was when it was listed. No tensor is read for it.
 *
 * @param path the file, plain safetensors or what {@link CheckpointManagerOptions#withFormat} says; pinning gives it another name
 * @param step the step of training
 * @param time when it was saved, by the clock of the machine then
 * @param metrics what was measured then, unmodifiable; NaN where it was NaN
 * @param bytes the size of the file
 * @param pinned whether it stays whatever else is to be kept
 * @param damage what is wrong with the file, as far as its header, or a restore, has shown; time and metrics are then not known
 */
public record SavedCheckpoint(
        Path path,
        long step,
        Instant time,
        Map<String, Double> metrics,
        long bytes,
        boolean pinned,
        Optional<String> damage) {
    static SavedCheckpoint of(StepFile file) {
        return new SavedCheckpoint(
                file.path(),
                file.step(),
                file.time(),
                file.metrics(),
                file.bytes(),
                file.pinned(),
                Optional.ofNullable(file.damage()));
    }
}
