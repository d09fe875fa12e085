package dev.statedict.io.manager;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory that one manager alone writes to: a lock of the operating system on a file in it, which ends with the process,
 * however that ends. Within the process it is a set that refuses the second, which may not even open the file: on POSIX, closing it
 * would end the first one's lock.
 */
public final class DirectoryLock implements Closeable {
    private static final String FILE = ".statedict.lock";
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Locks a directory.
     *
     * @param given the directory, which is there
     * @return the lock
     * @throws FileSystemException when another has it
     * @throws IOException when the file cannot be written
     */
    public static DirectoryLock acquire(Path given) throws IOException {
        Path directory = given.toRealPath();
        if (!HELD.add(directory)) {
            throw taken(given, "in this process");
        }
        try {
            return acquire(given, directory);
        } catch (IOException | RuntimeException | Error failed) {
            HELD.remove(directory);
            throw failed;
        }
    }

    private static DirectoryLock acquire(Path given, Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw taken(given, "in process " + Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new DirectoryLock(directory, channel);
        } catch (IOException | RuntimeException | Error failed) {
            channel.close();
            throw failed;
        }
    }

    private static FileSystemException taken(Path directory, String where) {
        return new FileSystemException(
                directory.toString(),
                null,
                "another CheckpointManager " + where
                        + " saves to it; close that one, or open this one by openReadOnly");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(directory);
        }
    }
}
