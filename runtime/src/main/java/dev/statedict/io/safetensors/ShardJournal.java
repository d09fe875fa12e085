package dev.statedict.io.safetensors;

import dev.statedict.io.write.AtomicFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a save of shards is about to write and to delete, beside them as long as the save runs. Of one that was killed it
 * tells the next which files are left over: those that the index does not name, be it the old one or the new. On file systems
 * other than the operating system's, which may know no locks, there is none.
 */
final class ShardJournal implements Closeable {
    private static final String PREFIX = ".statedict-";
    private static final String SUFFIX = ".shards";

    private final Path path;
    private final @Nullable FileChannel channel;

    private ShardJournal(Path path, @Nullable FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Begins a save.
     *
     * @param file the one file, from which shards have their names
     * @param names of all shards that the save may leave, new and old
     */
    static ShardJournal begin(Path file, Collection<String> names) throws IOException {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        Path path = file.resolveSibling(PREFIX + ShardNames.stem(file) + "-" + random + SUFFIX);
        if (!AtomicFile.isFileOfTheSystem(path)) {
            return new ShardJournal(path, null);
        }
        FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        ShardJournal journal = new ShardJournal(path, channel);
        try {
            lock(channel);
            ByteBuffer content = StandardCharsets.UTF_8.encode(String.join("\n", names));
            while (content.hasRemaining()) {
                channel.write(content);
            }
            return journal;
        } catch (IOException | RuntimeException | Error failed) {
            try (journal) {
                journal.end();
            }
            throw failed;
        }
    }

    /**
     * Deletes what killed saves have left of a file's shards.
     *
     * @param file the one file, from which shards have their names
     * @param kept the shards that its index names
     */
    static void cleanUp(Path file, Set<String> kept) throws IOException {
        if (!AtomicFile.isFileOfTheSystem(file)) {
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        String prefix = PREFIX + ShardNames.stem(file) + "-";
        try (DirectoryStream<Path> journals = Files.newDirectoryStream(
                directory, entry -> isJournal(entry.getFileName().toString(), prefix))) {
            for (Path journal : journals) {
                cleanUp(file, kept, journal);
            }
        }
    }

    private static boolean isJournal(String name, String prefix) {
        int random = name.length() - prefix.length() - SUFFIX.length();
        return name.startsWith(prefix) && name.endsWith(SUFFIX) && random == Long.BYTES * 2;
    }

    private static void cleanUp(Path file, Set<String> kept, Path journal) throws IOException {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                return;
            }
            List<String> names = Files.readAllLines(journal);
            Set<String> left = new LinkedHashSet<>(names);
            left.removeAll(kept);
            ShardNames.delete(file, left);
            Files.deleteIfExists(journal);
        } catch (OverlappingFileLockException inUse) {
            // by another thread
        }
    }

    private static void lock(FileChannel channel) throws IOException {
        try {
            channel.lock();
        } catch (IOException noLocks) {
            if (!channel.isOpen()) {
                throw noLocks;
            }
            // then cleanUp gets none either, and the files are left alone
        }
    }

    /** Says that there is nothing left to delete: the index names what is there. */
    void end() throws IOException {
        Files.deleteIfExists(path);
    }

    /** Ends the save. What it has not deleted, though it was to, is left to the next one. */
    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
