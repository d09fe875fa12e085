package dev.statedict.spark;

import dev.statedict.LoadOptions;
import dev.statedict.Stateful;
import dev.statedict.io.CheckpointFormat;
import dev.statedict.io.CheckpointManager;
import dev.statedict.io.CheckpointManagerOptions;
import dev.statedict.io.RestoredCheckpoint;
import dev.statedict.io.SavedCheckpoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * A {@link CheckpointManager} whose directory lies on any file system that Hadoop knows ({@code hdfs:}, {@code s3a:}, {@code file:}), for
 * the driver: a training that is killed there goes on from the last step that was saved, on another machine too.
 *
 * <pre>{@code
 * try (HadoopCheckpoints checkpoints = HadoopCheckpoints.open("hdfs:///runs/7", context.hadoopConfiguration(),
 *     CheckpointManagerOptions.defaults().withKeepLast(2))) {
 *   checkpoints.restore(parts);
 *   while (progress.step < steps) {
 *     training.step(blocks, model, optimizer);
 *     checkpoints.save(++progress.step, parts, Map.of());
 *   }
 * }
 * }</pre>
 *
 * <p>The manager works on a local directory, whose files are copied: each is seen there when it is whole, and an old one is deleted there
 * after the new one has arrived. Two drivers on one directory are not found out, for such file systems have no lock to hold.
 */
public final class HadoopCheckpoints implements Closeable {
    /** As the manager names its files, in any format. */
    private static final Pattern NAME = Pattern.compile("step-\\d{10,}(-pinned)?\\.("
            + Stream.of(CheckpointFormat.values())
                    .flatMap(format -> format.suffixes().stream())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|"))
            + ")");

    private final RemoteFiles remote;
    private final Path local;
    private final CheckpointManager manager;

    private HadoopCheckpoints(RemoteFiles remote, Path local, CheckpointManager manager) {
        this.remote = remote;
        this.local = local;
        this.manager = manager;
    }

    /**
     * Opens a directory, which is made if it is missing. What lies in it is copied here first.
     *
     * @param directory for example {@code "hdfs:///runs/7"}
     * @param configuration what Hadoop needs to know: {@code context.hadoopConfiguration()}
     * @param options what stays; saves are never asynchronous to the file system
     * @return to be closed
     * @throws IOException when the file system fails
     */
    public static HadoopCheckpoints open(
            String directory, Configuration configuration, CheckpointManagerOptions options) throws IOException {
        RemoteFiles remote = RemoteFiles.of(new org.apache.hadoop.fs.Path(directory), configuration);
        remote.deleteUnfinished();
        Path local = Files.createTempDirectory("checkpoints");
        for (String name : remote.list().keySet()) {
            if (isCheckpoint(name)) {
                remote.download(name, local.resolve(name));
            }
        }
        return new HadoopCheckpoints(remote, local, CheckpointManager.open(local, options));
    }

    private static boolean isCheckpoint(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Saves a step, and returns when it lies on the file system.
     *
     * @param step its number
     * @param parts all that the next step depends on, by name
     * @param metrics how the model did
     * @throws IOException when it could not be saved; what was saved before is there
     */
    public void save(long step, Map<String, ? extends Stateful> parts, Map<String, ? extends Number> metrics)
            throws IOException {
        manager.save(step, parts, metrics);
        manager.await();
        Set<String> arrived = new HashSet<>(remote.list().keySet());
        for (String name : localNames()) {
            if (!arrived.contains(name) || isOf(name, step)) {
                remote.upload(local.resolve(name), name);
            }
        }
        arrived.removeAll(localNames());
        for (String name : arrived) {
            if (isCheckpoint(name)) {
                remote.delete(name);
            }
        }
    }

    private static boolean isOf(String name, long step) {
        return name.matches("step-0*" + step + "\\D.*");
    }

    private List<String> localNames() throws IOException {
        try (Stream<Path> files = Files.list(local)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(HadoopCheckpoints::isCheckpoint)
                    .collect(Collectors.toList());
        }
    }

    /**
     * Goes to the last step that was saved.
     *
     * @param parts what is loaded into, all or nothing
     * @return what was restored; empty where nothing was saved, and nothing happens then
     * @throws IOException when it is damaged
     */
    public Optional<RestoredCheckpoint> restore(Map<String, ? extends Stateful> parts) throws IOException {
        return manager.restore(parts);
    }

    /**
     * Goes to a step.
     *
     * @param checkpoint which
     * @param parts what is loaded into, all or nothing
     * @param options for example some parts alone
     * @return what was restored
     * @throws IOException when it is damaged
     */
    public RestoredCheckpoint restore(
            SavedCheckpoint checkpoint, Map<String, ? extends Stateful> parts, LoadOptions options) throws IOException {
        return manager.restore(checkpoint, parts, options);
    }

    /**
     * The last step that was saved.
     *
     * @return its copy here
     * @throws IOException when the local directory cannot be read
     */
    public Optional<SavedCheckpoint> latest() throws IOException {
        return manager.latest();
    }

    /**
     * The best step by the metric of the options.
     *
     * @return its copy here
     * @throws IOException when the local directory cannot be read
     */
    public Optional<SavedCheckpoint> best() throws IOException {
        return manager.best();
    }

    /** Deletes the copies here. */
    @Override
    public void close() throws IOException {
        manager.close();
        try (Stream<Path> files = Files.list(local)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(local);
    }
}
