package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What may happen to a temporary between its creation and its lock, when the file is there and nobody says that it is in use. Other
 * processes sweep it away as the left-over of a killed one; here they do so at just that moment.
 */
@DisabledOnOs(OS.WINDOWS) // where an open file is not deleted
class TemporaryRaceTest {
    @TempDir
    Path directory;

    private final StateDict dict =
            StateDict.builder().put("w", Tensor.wrap(new float[] {1, 2}, 2)).build();
    private final List<String> temporaries = new ArrayList<>();
    private final List<FileChannel> channels = new ArrayList<>();
    private final List<FileChannel> others = new ArrayList<>();

    /** Tells each temporary when it is there and not yet locked. */
    private abstract class BeforeTheLock extends WatchedFileSystem {
        abstract void created(Path temporary) throws IOException;

        @Override
        void opened(Path file, FileChannel channel) throws IOException {
            if (file.toString().endsWith(".tmp")) {
                temporaries.add(file.getFileName().toString());
                channels.add(channel);
                created(file);
            }
        }
    }

    private Path file() {
        return directory.resolve("model.safetensors");
    }

    /** As another process looks at it. */
    private FileChannel openAsAnother(Path temporary) throws IOException {
        FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
        others.add(channel);
        return channel;
    }

    private static void deleteIfNobodyHasIt(FileChannel opened, Path temporary) throws IOException {
        if (opened.tryLock() != null) {
            Files.deleteIfExists(temporary);
        }
        opened.close();
    }

    @AfterEach
    void everyChannelIsClosed() throws IOException {
        for (FileChannel channel : others) {
            channel.close();
        }
        assertThat(channels).isNotEmpty().noneMatch(FileChannel::isOpen);
    }

    @Test
    void oneThatIsSweptAwayBeforeItsLockIsMadeAnew() throws IOException {
        WatchedFileSystem watched = new BeforeTheLock() {
            @Override
            void created(Path temporary) throws IOException {
                if (temporaries.size() <= 3) {
                    deleteIfNobodyHasIt(openAsAnother(temporary), temporary);
                }
            }
        };

        Checkpoints.save(watched.path(file()), dict);

        assertThat(temporaries).hasSize(4).doesNotHaveDuplicates();
        assertThat(Checkpoints.load(file()).contentEquals(dict)).isTrue();
        assertThat(files()).containsExactly("model.safetensors");
    }

    @Test
    void whoOpenedOneThatWasSweptAwayDoesNotDeleteTheNextByItsName() throws IOException {
        WatchedFileSystem watched = new BeforeTheLock() {
            @Override
            void created(Path temporary) throws IOException {
                if (temporaries.size() == 1) {
                    // two processes have it open: one is fast, and the other comes back to it while the next is written
                    openAsAnother(temporary);
                    deleteIfNobodyHasIt(openAsAnother(temporary), temporary);
                }
            }
        };
        ProgressListener slowly = (done, total) -> {
            try {
                if (others.get(0).isOpen()) {
                    deleteIfNobodyHasIt(others.get(0), directory.resolve(temporaries.get(0)));
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        };

        Checkpoints.save(watched.path(file()), dict, WriteOptions.defaults().withProgress(slowly));

        assertThat(others).hasSize(2).noneMatch(FileChannel::isOpen);
        assertThat(temporaries).hasSize(2);
        assertThat(Checkpoints.load(file()).contentEquals(dict)).isTrue();
        assertThat(files()).containsExactly("model.safetensors");
    }

    @Test
    void oneThatCannotBeMadeReadyIsClosedAndDeleted() throws IOException {
        Checkpoints.save(file(), dict);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-r--"));
        WatchedFileSystem watched = new BeforeTheLock() {
            @Override
            void created(Path temporary) {}

            @Override
            void attributesAsked(Path file) {
                if (file.toString().endsWith(".tmp")) {
                    throw new UncheckedIOException(new IOException("no permissions here"));
                }
            }
        };

        assertThatThrownBy(() -> Checkpoints.save(
                        watched.path(file()), StateDict.builder().build()))
                .hasMessageEndingWith("no permissions here");
        assertThat(temporaries).hasSize(1);
        assertThat(Checkpoints.load(file()).contentEquals(dict)).isTrue();
        assertThat(files()).containsExactly("model.safetensors");
    }

    @Test
    void oneThatAnInterruptKeepsFromItsLockIsDeleted() throws IOException {
        WatchedFileSystem watched = new BeforeTheLock() {
            @Override
            void created(Path temporary) {}
        };
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Checkpoints.save(watched.path(file()), dict))
                .isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(temporaries).hasSize(1);
        assertThat(files()).isEmpty();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
