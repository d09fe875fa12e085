package dev.statedict.io;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.io.manager.BackgroundWriter;
import dev.statedict.io.manager.Label;
import dev.statedict.io.manager.Parts;
import dev.statedict.io.manager.Snapshot;
import dev.statedict.io.manager.StepFile;
import dev.statedict.io.manager.StepFiles;
import dev.statedict.tree.KeyOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Saves checkpoints for a {@link CheckpointManager}, whose lock it is called under: at once, or by another thread from a snapshot; and
 * when one is on disk deletes what no rule keeps any more.
 */
final class CheckpointSaving {
    private final Path directory;
    private final CheckpointManagerOptions options;
    private final StepFiles files;
    private final BackgroundWriter writer = new BackgroundWriter();
    /** Memory for snapshots that none is in: one, or two for {@link WhenBusy#JOIN}. */
    private final Deque<Snapshot> memory = new ArrayDeque<>();

    CheckpointSaving(Path directory, CheckpointManagerOptions options, StepFiles files) {
        this.directory = directory;
        this.options = options;
        this.files = files;
        memory.push(new Snapshot());
        if (options.whenBusy() == WhenBusy.JOIN) {
            memory.push(new Snapshot());
        }
    }

    /** Saves, or begins to; false where the save was left out. */
    boolean save(long step, Parts parts, Map<String, ? extends Number> metrics) throws IOException {
        Map<String, Double> measured = new LinkedHashMap<>();
        KeyOrder.of(metrics).forEach((name, value) -> measured.put((String) name, ((Number) value).doubleValue()));
        Label label = new Label(step, options.clock().instant(), Collections.unmodifiableMap(measured));
        writer.tellFailure();
        if (options.whenBusy() == null) {
            write(label, parts.stateDict(Policy.ALIAS));
            return true;
        }
        if (writer.isBusy() && !makeRoom(step, options.whenBusy())) {
            return false;
        }
        Snapshot snapshot = takeMemory();
        boolean submitted = false;
        try {
            StateDict dict = snapshot.refresh(parts.stateDict(Policy.ALIAS));
            writer.submit(new Save(label, dict, snapshot));
            submitted = true;
        } finally {
            if (!submitted) {
                release(snapshot);
            }
        }
        return true;
    }

    /** A snapshot on its way to the disk. */
    private final class Save implements BackgroundWriter.Task {
        private final Label label;
        private final StateDict dict;
        private final Snapshot snapshot;

        Save(Label label, StateDict dict, Snapshot snapshot) {
            this.label = label;
            this.dict = dict;
            this.snapshot = snapshot;
        }

        @Override
        public long step() {
            return label.step();
        }

        @Override
        public void run() throws IOException {
            try {
                write(label, dict);
            } finally {
                release(snapshot);
            }
        }
    }

    private boolean makeRoom(long step, WhenBusy whenBusy) throws IOException {
        switch (whenBusy) {
            case SKIP -> {
                options.listener().skipped(step);
                return false;
            }
            case WAIT -> {
                writer.await();
                writer.tellFailure();
            }
            case JOIN -> {
                if (writer.withdraw() instanceof Save replaced) {
                    release(replaced.snapshot);
                    options.listener().skipped(replaced.step());
                }
            }
        }
        return true;
    }

    private Snapshot takeMemory() {
        synchronized (memory) {
            return memory.pop();
        }
    }

    private void release(Snapshot snapshot) {
        synchronized (memory) {
            memory.push(snapshot);
        }
    }

    private void write(Label label, StateDict dict) throws IOException {
        boolean pinned = files.list().stream().anyMatch(file -> file.step() == label.step() && file.pinned());
        Path path = StepFile.path(
                directory, label.step(), pinned, options.writing().format().usualSuffix());
        Map<String, String> metadata = new LinkedHashMap<>(
                options.writing().metadata(options.writing().format().defaultMetadata()));
        metadata.put(Label.KEY, label.toJson());
        Checkpoints.save(path, dict, options.writing().withMetadata(metadata).withFlush(true));
        files.forget(path);
        for (Path replaced : files.others(path, label.step())) {
            Files.deleteIfExists(replaced); // of another format
        }
        List<StepFile> all = files.list();
        for (StepFile file : all) {
            if (file.path().equals(path)) {
                options.listener().saved(SavedCheckpoint.of(file));
            }
        }
        for (StepFile file : options.retention()
                .superfluous(all, label.step(), options.clock().instant())) {
            delete(file);
        }
    }

    /** Deletes a checkpoint. */
    void delete(StepFile file) throws IOException {
        for (Path other : files.others(file.path(), file.step())) {
            Files.deleteIfExists(other);
        }
        if (Files.deleteIfExists(file.path())) {
            options.listener().deleted(SavedCheckpoint.of(file));
        }
    }

    /** Waits until nothing is being written, and tells of a failure that nobody was told of. */
    void settle() throws IOException {
        writer.await();
        writer.tellFailure();
    }

    /** Waits, whoever interrupts, and tells of a failure after which nothing was saved. */
    void close() throws IOException {
        writer.awaitUninterruptibly();
        writer.tellLastFailure();
    }
}
