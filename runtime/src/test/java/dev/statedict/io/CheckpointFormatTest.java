package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As what, and where to, a dict is written. */
class CheckpointFormatTest {
    @TempDir
    Path directory;

    private final StateDict small = StateDict.builder()
            .put("fc.weight", Tensor.wrap(new float[] {1, 2, 3, 4}, 2, 2))
            .put("fc.bias", Tensor.wrap(new float[] {5, 6}, 2))
            .build();

    /** Large enough for a helper, in tensors that begin and end within pieces of the file. */
    private static StateDict large() {
        Random random = new Random(7);
        Tensor weight = Tensor.zeros(1000, 1777);
        Tensor other = Tensor.zeros(333, 3001);
        for (Tensor tensor : new Tensor[] {weight, other}) {
            for (int i = 0; i < tensor.size(0); i++) {
                tensor.set(random.nextFloat(), i, random.nextInt(tensor.size(1)));
            }
        }
        return StateDict.builder()
                .put("weight", weight)
                .put("other", other.transpose(0, 1))
                .put("count", Tensor.scalarLong(3))
                .build();
    }

    private Path file(CheckpointFormat format) {
        return directory.resolve("dict." + format.suffixes().get(0));
    }

    private static WriteOptions as(CheckpointFormat format) {
        return WriteOptions.defaults().withFormat(format);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NUMPY_ARRAY") // holds one entry and nothing beside it
    void bytesAndStreamsAreThoseOfTheFile(CheckpointFormat format) throws IOException {
        for (StateDict dict : new StateDict[] {StateDict.builder().build(), small, large()}) {
            Checkpoints.save(file(format), dict);
            byte[] expected = Files.readAllBytes(file(format));
            ByteArrayOutputStream stream = new ByteArrayOutputStream();

            Checkpoints.save(stream, dict, as(format));

            assertThat(stream.toByteArray()).isEqualTo(expected);
            assertThat(Checkpoints.toBytes(dict, as(format))).isEqualTo(expected);
        }
    }

    @Test
    void streamsAndBytesAreSafetensorsUnlessSaidOtherwise() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Checkpoints.save(stream, small);

        assertThat(stream.toByteArray())
                .isEqualTo(Checkpoints.toBytes(small))
                .isEqualTo(Checkpoints.toBytes(small, as(CheckpointFormat.SAFETENSORS)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NUMPY_ARRAY") // holds one entry and nothing beside it
    void theFormatThatIsAskedForGoesBeforeTheSuffix(CheckpointFormat format) throws IOException {
        for (CheckpointFormat other : CheckpointFormat.values()) {
            Checkpoints.save(file(other), small, as(format));

            assertThat(Files.readAllBytes(file(other))).isEqualTo(Checkpoints.toBytes(small, as(format)));
        }
        Checkpoints.save(directory.resolve("no-suffix"), small, as(format));
        assertThat(Checkpoints.load(directory.resolve("no-suffix")).contentEquals(small))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aPathGoesByItsSuffix(CheckpointFormat format) {
        for (String suffix : format.suffixes()) {
            assertThat(CheckpointFormat.of(Path.of("some", "dict." + suffix))).isEqualTo(format);
        }
        assertThatThrownBy(() ->
                        CheckpointFormat.of(Path.of("some.pt", format.suffixes().get(0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamIsFlushedAndNotClosed() throws IOException {
        StringBuilder told = new StringBuilder();
        Checkpoints.save(
                new OutputStream() {
                    @Override
                    public void write(int b) {}

                    @Override
                    public void flush() {
                        told.append("flushed ");
                    }

                    @Override
                    public void close() {
                        told.append("closed ");
                    }
                },
                small);
        assertThat(told).hasToString("flushed ");
    }

    @Test
    void onlyTheCallingThreadWritesAStream() throws IOException {
        Thread caller = Thread.currentThread();
        Checkpoints.save(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        assertThat(Thread.currentThread()).isSameAs(caller);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int count) {
                        assertThat(Thread.currentThread()).isSameAs(caller);
                    }
                },
                large());
    }

    @Test
    void aStreamThatTakesNoMoreEndsTheSave() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("full");
            }
        };
        assertThatThrownBy(() -> Checkpoints.save(full, large()))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("full");
    }

    @Test
    void anInterruptedSaveToAStreamEnds() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Checkpoints.toBytes(large()))
                .hasMessageContaining("interrupted while a checkpoint went through a stream");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void progressIsToldOfAllBytesOfTensors() throws IOException {
        long[] last = {0, 0};
        WriteOptions options = WriteOptions.defaults().withProgress((done, total) -> {
            assertThat(done).isGreaterThan(last[0]);
            last[0] = done;
            last[1] = total;
        });

        Checkpoints.save(OutputStream.nullOutputStream(), large(), options);

        long bytes = 4L * 1000 * 1777 + 4L * 333 * 3001 + 8;
        assertThat(last).containsExactly(bytes, bytes);
    }

    @Test
    void shardsGoToFilesAlone() {
        WriteOptions sharded = WriteOptions.defaults().withShardSize(8);
        assertThatThrownBy(() -> Checkpoints.toBytes(small, sharded))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only safetensors is split into shards; save as .safetensors, or without a shard size");
        assertThatThrownBy(() -> Checkpoints.save(
                        directory.resolve("model.bin"), small, sharded.withFormat(CheckpointFormat.SAFETENSORS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only safetensors is split into shards; save as .safetensors, or without a shard size");
    }
}
