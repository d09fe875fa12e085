package dev.statedict.sample;

import dev.statedict.LoadOptions;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.CheckpointManager;
import dev.statedict.io.CheckpointManagerOptions;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.Objective;
import dev.statedict.io.SavedCheckpoint;
import dev.statedict.io.WhenBusy;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Keeps a training on disk, the latest epoch and the best, so that it goes on wherever it is killed. */
final class TrainingCheckpoints implements Closeable {
    private static final String METRIC = "validation_loss";

    private final CheckpointManager manager;

    private TrainingCheckpoints(CheckpointManager manager) {
        this.manager = manager;
    }

    static TrainingCheckpoints open(Path directory) throws IOException {
        return new TrainingCheckpoints(CheckpointManager.open(
                directory,
                CheckpointManagerOptions.defaults()
                        .withKeepLast(1)
                        .withKeepBest(1, METRIC, Objective.MINIMIZE)
                        .withAsynchronousSaves(WhenBusy.WAIT)));
    }

    /** What the training that was saved here was asked to do; nothing where none was. */
    Optional<String> task() throws IOException {
        Optional<SavedCheckpoint> latest = manager.latest();
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        try (Checkpoint checkpoint = Checkpoints.open(latest.get().path())) {
            return checkpoint.extraState().get("log") instanceof Map<?, ?> texts
                    ? Optional.of(TrainingLog.task(texts))
                    : Optional.empty();
        }
    }

    /** How many epochs were done when the last one was saved. */
    long epochs() throws IOException {
        return manager.latest().map(SavedCheckpoint::step).orElse(0L);
    }

    /** Sets everything to what it was after the last epoch that was saved; where none was, nothing happens. */
    void restore(TrainingState state) throws IOException {
        manager.restore(state.parts());
    }

    /** The model as it was after an epoch that was the best when it was saved. */
    LogisticRegression best(int epoch) throws IOException {
        LogisticRegression model = LogisticRegression.zeros(Digits.PIXELS, Digits.CLASSES);
        SavedCheckpoint checkpoint = manager.at(epoch)
                .orElseThrow(() -> new IOException("the checkpoint of epoch " + epoch + ", the best, is gone"));
        manager.restore(checkpoint, Map.of("model", model), LoadOptions.strict().allowUnexpected("*"));
        return model;
    }

    void save(TrainingState state, Epoch epoch) throws IOException {
        manager.save(
                epoch.number(), state.parts(), Map.of(METRIC, epoch.validation().loss()));
    }

    @Override
    public void close() throws IOException {
        manager.close();
    }
}
