package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no file and can be read by position. */
class CheckpointSourceTest {
    @TempDir
    Path directory;

    /** Bytes in memory, of which each read gives a few. */
    private static class Bytes implements CheckpointSource {
        final byte[] bytes;
        final AtomicInteger read = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() throws IOException {
            return bytes.length;
        }

        @Override
        public int read(ByteBuffer target, long position) {
            if (position >= bytes.length) {
                return -1;
            }
            int count = (int) Math.min(Math.min(target.remaining(), 100), bytes.length - position);
            target.put(bytes, (int) position, count);
            read.addAndGet(count);
            return count;
        }

        @Override
        public String name() {
            return "blob 7";
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private Bytes fixture(String name) throws IOException {
        return new Bytes(Files.readAllBytes(Fixtures.copy(name, directory)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tied.safetensors", "tensors-2.13.pt", "legacy-2.13.pt"})
    void aSourceIsReadAsTheFileIs(String name) throws IOException {
        Bytes source = fixture(name);

        StateDict dict = Checkpoints.load(source);

        assertThat(dict.contentEquals(Checkpoints.load(directory.resolve(name))))
                .isTrue();
        assertThat(source.closed).hasValue(1);
    }

    @Test
    void oneTensorIsReadWithoutTheOthers() throws IOException {
        Bytes source = new Bytes(Fixtures.safetensors(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}",
                0,
                0,
                0x80,
                0x3f,
                1,
                2,
                3,
                4));

        try (Checkpoint checkpoint = Checkpoints.open(source)) {
            int header = source.read.get();
            assertThat(checkpoint.tensor("a").item()).isEqualTo(1);
            assertThat(source.read).hasValue(header + 4);
            assertThat(checkpoint.location("a").file()).isNull();
        }
        assertThat(source.closed).hasValue(1);
    }

    @Test
    void messagesNameTheSource() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.copy("tied.safetensors", directory));
        Bytes cut = new Bytes(Arrays.copyOf(whole, whole.length - 1));

        assertThatThrownBy(() -> Checkpoints.open(cut))
                .isInstanceOfSatisfying(
                        CheckpointFormatException.class,
                        refused -> assertThat(refused.file()).isNull())
                .hasMessageStartingWith("blob 7: expected ");
        assertThat(cut.closed).hasValue(1);
    }

    @Test
    void aSourceThatEndsEarlierThanItSaysIsTold() {
        Bytes lying = new Bytes(new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'}) {
            @Override
            public long size() {
                return 1000;
            }
        };

        assertThatThrownBy(() -> Checkpoints.load(lying))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage("blob 7: expected 0 bytes of data at offset 10, the file has 990");
    }

    @Test
    void aSourceThatCannotTellItsSizeIsClosed() {
        Bytes gone = new Bytes(new byte[0]) {
            @Override
            public long size() throws IOException {
                throw new FileNotFoundException("gone");
            }
        };

        assertThatThrownBy(() -> Checkpoints.open(gone))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("gone");
        assertThat(gone.closed).hasValue(1);
    }

    @Test
    void aSourceWithoutANameHasItsClassesName() {
        record Nothing() implements CheckpointSource {
            @Override
            public long size() {
                return 0;
            }

            @Override
            public int read(ByteBuffer target, long position) {
                return -1;
            }
        }

        assertThatThrownBy(() -> Checkpoints.open(new Nothing()))
                .hasMessage("<Nothing>: neither safetensors nor a checkpoint of PyTorch, NumPy or statedict");
    }

    @Test
    void anIndexHasItsShardsBesideIt() {
        Bytes index = new Bytes(new byte[] {'{', '}'}) {
            @Override
            public String name() {
                return "model.safetensors.index.json";
            }
        };

        assertThatThrownBy(() -> Checkpoints.open(index))
                .hasMessage("model.safetensors.index.json: a shard index, which names files beside it; give its path");
    }
}
