package dev.statedict.io.write;

import dev.statedict.io.transfer.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Replaces a file as a whole. The content goes to a temporary file in the same directory, which takes the place of the
 * old file in one step once it is complete and flushed: whoever opens the file, whenever the process or the disk fails,
 * finds the old content or the new. On other file systems than the operating system's that depends on theirs.
 */
public final class AtomicFile {
    private static final int MAX_LINKS = 40;
    private static final String PREFIX = ".statedict-";
    private static final String SUFFIX = ".tmp";
    /** Tells this process's temporaries, which other threads may be writing, from those of others. */
    private static final String PROCESS =
            PREFIX + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + "-";

    private static final AtomicLong COUNT = new AtomicLong();

    private AtomicFile() {}

    /**
     * Replaces or creates a file. Its permissions stay if it exists; a symbolic link stays, and the file that it names
     * is replaced or created. What is no file, such as a pipe or a device, is never replaced. Temporaries that a killed
     * process left in the directory are removed.
     *
     * @param target the file
     * @param flush whether to wait until the disk has it all, so that it outlives a power cut; without it, it outlives
     *     the end of the process
     * @param image the content
     * @param progress is told of each piece
     * @throws IOException when anything fails; the old file is as it was
     */
    public static void write(Path target, boolean flush, FileImage image, Progress progress) throws IOException {
        Path file = resolve(target);
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a directory");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "is a pipe or a device, which no file may replace");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString(), null, "is read-only");
        }
        if (!isFileOfTheSystem(file)) {
            writeElsewhere(file, directory, image, progress);
            return;
        }
        removeStaleTemporaries(directory);
        Set<PosixFilePermission> permissions = permissions(file);
        Temporary created = create(directory, permissions);
        Path temporary = created.path();
        try (FileChannel channel = created.channel()) {
            image.writeTo(channel, progress);
            if (flush) {
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException | Error failed) {
            delete(temporary, failed);
            throw failed;
        }
        if (flush) {
            flushDirectory(directory);
        }
    }

    private static void delete(Path temporary, Throwable failed) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    /**
     * Whether a file is one of the operating system's, which has locks and directories to flush.
     *
     * @param path the file
     * @return whether it is; false of what lies in an archive or in memory
     */
    public static boolean isFileOfTheSystem(Path path) {
        return path.getFileSystem().provider().getScheme().equals("file");
    }

    /**
     * Replaces a file of another file system than the operating system's, of which nothing more is asked than it must have: no
     * locks, no flush, no {@code FileChannel}; a move in one step where it has that.
     */
    private static void writeElsewhere(Path file, Path directory, FileImage image, Progress progress)
            throws IOException {
        Path temporary = directory.resolve(PROCESS + COUNT.incrementAndGet() + SUFFIX);
        try {
            try (OutputStream stream =
                    Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                image.writeTo(stream, progress);
            }
            try {
                // where that is not ignored it is atomic with this option too
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException | UnsupportedOperationException notAtomic) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException | RuntimeException | Error failed) {
            delete(temporary, failed);
            throw failed;
        }
    }

    /** Where a chain of symbolic links leads, be there a file or not. */
    private static Path resolve(Path target) throws IOException {
        Path file = target;
        for (int link = 0; Files.isSymbolicLink(file); link++) {
            if (link == MAX_LINKS) {
                throw new FileSystemLoopException(target.toString());
            }
            file = file.resolveSibling(Files.readSymbolicLink(file));
        }
        return file;
    }

    /** The permissions to be kept; none where there is no file, or no such permissions. */
    private static Set<PosixFilePermission> permissions(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view == null || Files.notExists(file)
                ? Set.of()
                : view.readAttributes().permissions();
    }

    private record Temporary(Path path, FileChannel channel) {}

    /** A new file, locked as long as it is open, which says that it is in use. */
    private static Temporary create(Path directory, Set<PosixFilePermission> permissions) throws IOException {
        while (true) {
            // a new name each time: who still has the file open that was deleted deletes by its name once more
            Path file = directory.resolve(PROCESS + COUNT.incrementAndGet() + SUFFIX);
            FileChannel channel = open(file, permissions);
            try {
                markAsInUse(channel);
                // before it was locked another process may have taken it for stale and deleted it
                if (Files.exists(file)) {
                    if (!permissions.isEmpty()) {
                        // exactly so, which the umask may have prevented
                        Files.setPosixFilePermissions(file, permissions);
                    }
                    return new Temporary(file, channel);
                }
            } catch (IOException | RuntimeException | Error failed) {
                discard(file, channel, failed);
                throw failed;
            }
            channel.close();
        }
    }

    /** Closes and deletes a temporary that came to nothing. */
    private static void discard(Path file, FileChannel channel, Throwable failed) {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private static FileChannel open(Path file, Set<PosixFilePermission> permissions) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // never wider than it will be, not even for a moment
        return permissions.isEmpty()
                ? FileChannel.open(file, options)
                : FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(permissions));
    }

    private static void markAsInUse(FileChannel channel) throws ClosedByInterruptException {
        try {
            channel.lock();
        } catch (FileLockInterruptionException interrupted) {
            // and the channel is closed
            throw new ClosedByInterruptException();
        } catch (IOException noLocks) {
            // then removeIfStale gets none either, and the file is left alone
        }
    }

    private static void flushDirectory(Path directory) throws IOException {
        // Windows opens no directories, and keeps its own journal of them
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void removeStaleTemporaries(Path directory) throws IOException {
        try (DirectoryStream<Path> temporaries = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path temporary : temporaries) {
                boolean own = temporary.getFileName().toString().startsWith(PROCESS);
                if (!own && Files.isRegularFile(temporary, LinkOption.NOFOLLOW_LINKS)) {
                    removeIfStale(temporary);
                }
            }
        }
    }

    /** Removes a file whose lock nobody holds any more: locks die with their process. It is held until the file is gone. */
    private static void removeIfStale(Path temporary) {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException | OverlappingFileLockException notOurs) {
            // it is in use, or gone
        }
    }
}
