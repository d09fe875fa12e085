package dev.statedict.io;

import dev.statedict.LoadOptions;
import dev.statedict.Policy;
import dev.statedict.Stateful;
import dev.statedict.io.manager.DirectoryLock;
import dev.statedict.io.manager.Parts;
import dev.statedict.io.manager.StepFile;
import dev.statedict.io.manager.StepFiles;
import dev.statedict.io.read.FileContent;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a training over time, in a directory of their own: model, optimizer and whatever else is needed to go on, each
 * time in one file that is there as a whole or not at all.
 *
 * {@snippet class="com.example.Training" region="manager"}
 *
 * <p><b>Files.</b> The checkpoint of step 1200 is {@code step-0000001200.safetensors}: plain safetensors, in which the parts' names
 * come before the keys, {@code model.fc.weight}. {@code ReadOptions.defaults().withPart("model")} reads one part, and Python reads
 * it by {@code safetensors.torch.load_file}. Step, time and metrics are in its metadata under {@code checkpoint}; a pinned one is called
 * {@code step-0000001200-pinned.safetensors}. {@link CheckpointManagerOptions#withFormat} saves {@code .pt} files for
 * {@code torch.load} instead; a directory may hold both. Files of other names are not touched.
 *
 * <p><b>One writer.</b> While a manager is open no other one opens the directory, in this process or another, but by
 * {@link #openReadOnly}. The lock, on the file {@code .statedict.lock}, ends with the process, however that ends.
 *
 * <p><b>Threads.</b> Calls of several threads are made one after the other. For the modules holds what {@link Stateful} says:
 * nothing may change them during {@link #save}, which is why an asynchronous save takes its snapshot before it returns.
 */
public final class CheckpointManager implements Closeable {
    private static final int READ_ATTEMPTS = 10;

    private static final List<String> SUFFIXES = Arrays.stream(CheckpointFormat.values())
            .map(CheckpointFormat::usualSuffix)
            .toList();

    private final Path directory;
    private final CheckpointManagerOptions options;
    private final @Nullable DirectoryLock lock;
    private final StepFiles files;
    private final CheckpointSaving saving;
    private final CheckpointRestoring restoring;

    private boolean closed;

    private CheckpointManager(Path directory, CheckpointManagerOptions options, @Nullable DirectoryLock lock) {
        this.directory = directory;
        this.options = options;
        this.lock = lock;
        this.files = new StepFiles(directory, SUFFIXES, CheckpointManager::metadata);
        this.saving = new CheckpointSaving(directory, options, files);
        this.restoring = new CheckpointRestoring(options, files);
    }

    private static Map<String, String> metadata(Path file) throws IOException {
        try (FileContent content = CheckpointFiles.open(file)) {
            return content.metadata();
        }
    }

    /**
     * Opens a directory to save to, with the default options: everything is kept.
     *
     * @param directory where the checkpoints are; made if missing
     * @return a manager, to be closed
     * @throws java.nio.file.FileSystemException when another manager has it open
     * @throws IOException when it cannot be made or written to
     */
    public static CheckpointManager open(Path directory) throws IOException {
        return open(directory, CheckpointManagerOptions.defaults());
    }

    /**
     * Opens a directory to save to.
     *
     * @param directory where the checkpoints are; made if missing
     * @param options what is kept, and how it is saved
     * @return a manager, to be closed
     * @throws java.nio.file.FileSystemException when another manager has it open
     * @throws IOException when it cannot be made or written to
     */
    public static CheckpointManager open(Path directory, CheckpointManagerOptions options) throws IOException {
        if (!Files.isDirectory(directory)) { // before Java 19 createDirectories refuses a link to one
            Files.createDirectories(directory);
        }
        return new CheckpointManager(directory, options, DirectoryLock.acquire(directory));
    }

    /**
     * Opens a directory to look at and restore from, also while another manager saves to it. Nothing is ever written.
     *
     * @param directory where the checkpoints are
     * @param options of which what is kept, but for the metric of {@link #best()}, and how it is saved do not matter
     * @return a manager, to be closed
     * @throws IOException when there is no such directory
     */
    public static CheckpointManager openReadOnly(Path directory, CheckpointManagerOptions options) throws IOException {
        if (Files.notExists(directory)) {
            throw new NoSuchFileException(directory.toString());
        }
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        return new CheckpointManager(directory, options, null);
    }

    /**
     * Saves all parts as the checkpoint of a step, in place of another one of that step, and deletes what no rule keeps any more. When
     * it returns, or, of an asynchronous save, when the listener is told, the checkpoint is on disk; before that nothing is deleted.
     *
     * @param step the step of training, 0 or more
     * @param parts the modules by name, each a word without dots
     * @param metrics what was measured; NaN is saved, and never the best
     * @return false when an earlier save was still being written and this one was left out, as {@link WhenBusy#SKIP} says
     * @throws IllegalArgumentException when a name or the step is none
     * @throws IllegalStateException when the manager is closed or read-only
     * @throws java.io.InterruptedIOException when the thread was interrupted while it waited for an earlier save; nothing is saved
     * @throws IOException when it cannot be written, the old checkpoints are then all there; or when an earlier, asynchronous save
     *     failed: each failure is told once, by the next call, which then does nothing else
     */
    public synchronized boolean save(
            long step, Map<String, ? extends Stateful> parts, Map<String, ? extends Number> metrics)
            throws IOException {
        requireWritable();
        if (step < 0) {
            throw new IllegalArgumentException("there is no step " + step + "; the first is 0");
        }
        return saving.save(step, Parts.of(parts), metrics);
    }

    /**
     * The checkpoint of the greatest step, whole or damaged.
     *
     * @return it, if there is any
     * @throws IOException when the directory cannot be read
     */
    public Optional<SavedCheckpoint> latest() throws IOException {
        List<SavedCheckpoint> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /**
     * The best checkpoint by the metric of {@link CheckpointManagerOptions#withKeepBest}; of equals the earliest.
     *
     * @return it, if the metric was saved with any, and not NaN
     * @throws IllegalStateException when the options name no metric
     * @throws IOException when the directory cannot be read
     */
    public Optional<SavedCheckpoint> best() throws IOException {
        if (options.retention().metric() == null) {
            throw new IllegalStateException(
                    "no metric says which checkpoint is the best; open with options.withKeepBest(1, metric, objective)");
        }
        return options.retention().best(files.list()).map(SavedCheckpoint::of);
    }

    /**
     * The checkpoint of a step.
     *
     * @param step the step
     * @return it, if it is there
     * @throws IOException when the directory cannot be read
     */
    public Optional<SavedCheckpoint> at(long step) throws IOException {
        return all().stream().filter(checkpoint -> checkpoint.step() == step).findFirst();
    }

    /**
     * All checkpoints on disk, of which only the headers are read, and those once.
     *
     * @return an unmodifiable list, by step
     * @throws IOException when the directory cannot be read
     */
    public List<SavedCheckpoint> all() throws IOException {
        return files.list().stream().map(SavedCheckpoint::of).toList();
    }

    /**
     * Restores all parts from the latest checkpoint, after waiting for one that is being written. All or nothing over all parts
     * together: when it throws, each is as it was. The values are written into the modules' own tensors ({@link Policy#COPY}),
     * whatever their classes say.
     *
     * @param parts the modules by name, the same names as when they were saved
     * @return what was restored; empty when there is no checkpoint, and nothing was done
     * @throws dev.statedict.StateDictLoadException when the checkpoint does not fit the parts
     * @throws CheckpointFormatException when the latest checkpoint is damaged, and the options do not
     *     {@link CheckpointManagerOptions#allowDamaged}; when all are
     * @throws IOException when it cannot be read, or an earlier, asynchronous save failed
     */
    public synchronized Optional<RestoredCheckpoint> restore(Map<String, ? extends Stateful> parts) throws IOException {
        Parts whole = Parts.of(parts);
        settle();
        for (int attempt = 1; ; attempt++) {
            try {
                return restoring.latest(whole);
            } catch (NoSuchFileException deletedMeanwhile) {
                // by the manager that this one reads beside
                if (lock != null || attempt == READ_ATTEMPTS) {
                    throw deletedMeanwhile;
                }
            }
        }
    }

    /**
     * Restores parts from one of the checkpoints. All or nothing over all parts together, and {@link Policy#COPY}, as
     * {@link #restore(Map)}.
     *
     * @param checkpoint one that this manager listed
     * @param parts the modules by name
     * @param loading what is forgiven; for some of the parts alone, {@code LoadOptions.strict().allowUnexpected("optimizer.*")}.
     *     Keys begin with the parts' names. Its policy does not matter
     * @return what was restored
     * @throws dev.statedict.StateDictLoadException when the checkpoint does not fit the parts
     * @throws CheckpointFormatException when the checkpoint is damaged
     * @throws IOException when it cannot be read, or an earlier, asynchronous save failed
     */
    public synchronized RestoredCheckpoint restore(
            SavedCheckpoint checkpoint, Map<String, ? extends Stateful> parts, LoadOptions loading) throws IOException {
        Parts whole = Parts.of(parts);
        settle();
        return restoring.from(find(checkpoint.step()), whole, loading);
    }

    /**
     * Restores all parts from one of the checkpoints. All or nothing over all parts together, and {@link Policy#COPY}, as
     * {@link #restore(Map)}.
     *
     * @param checkpoint one that this manager listed
     * @param parts the modules by name, the same names as when they were saved
     * @return what was restored
     * @throws dev.statedict.StateDictLoadException when the checkpoint does not fit the parts
     * @throws CheckpointFormatException when the checkpoint is damaged
     * @throws IOException when it cannot be read, or an earlier, asynchronous save failed
     */
    public RestoredCheckpoint restore(SavedCheckpoint checkpoint, Map<String, ? extends Stateful> parts)
            throws IOException {
        return restore(checkpoint, parts, LoadOptions.strict());
    }

    /**
     * Keeps a checkpoint whatever the rules say.
     *
     * @param step its step
     * @throws IllegalArgumentException when there is none
     * @throws IllegalStateException when the manager is closed or read-only
     * @throws IOException when that fails, or an earlier, asynchronous save failed
     */
    public void pin(long step) throws IOException {
        rename(step, true);
    }

    /**
     * Leaves a checkpoint to the rules again, at the next save.
     *
     * @param step its step
     * @throws IllegalArgumentException when there is none
     * @throws IllegalStateException when the manager is closed or read-only
     * @throws IOException when that fails, or an earlier, asynchronous save failed
     */
    public void unpin(long step) throws IOException {
        rename(step, false);
    }

    private synchronized void rename(long step, boolean pinned) throws IOException {
        requireWritable();
        settle();
        StepFile file = find(step);
        if (file.pinned() != pinned) {
            Files.move(file.path(), StepFile.path(directory, step, pinned, file.suffix()));
        }
    }

    /**
     * Deletes a checkpoint, pinned or not, as when training is to go on from an earlier one.
     *
     * @param step its step
     * @throws IllegalArgumentException when there is none
     * @throws IllegalStateException when the manager is closed or read-only
     * @throws IOException when that fails, or an earlier, asynchronous save failed
     */
    public synchronized void delete(long step) throws IOException {
        requireWritable();
        settle();
        saving.delete(find(step));
    }

    /**
     * Waits until what was saved asynchronously is on disk.
     *
     * @throws java.io.InterruptedIOException when the thread was interrupted meanwhile; the save goes on
     * @throws IOException when such a save failed
     */
    public synchronized void await() throws IOException {
        settle();
    }

    private void settle() throws IOException {
        if (closed) {
            throw new IllegalStateException("the manager of " + directory + " is closed");
        }
        saving.settle();
    }

    private void requireWritable() {
        if (closed) {
            throw new IllegalStateException("the manager of " + directory + " is closed");
        }
        if (lock == null) {
            throw new IllegalStateException("the manager of " + directory + " is read-only; open it by open");
        }
    }

    private StepFile find(long step) throws IOException {
        List<StepFile> all = files.list();
        return all.stream()
                .filter(file -> file.step() == step)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no checkpoint of step " + step + " in " + directory
                        + "; there are " + all.stream().map(StepFile::step).toList()));
    }

    /**
     * Waits until what was saved is on disk, whoever interrupts, and lets others save to the directory. Once more it does nothing.
     *
     * @throws IOException when an asynchronous save failed that nobody was told of, or after which none succeeded
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            saving.close();
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }

    /** {@return the directory} */
    @Override
    public String toString() {
        return "CheckpointManager[" + Objects.toString(directory) + (lock == null ? ", read-only]" : "]");
    }
}
