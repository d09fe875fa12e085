package dev.statedict.benchmark;

import dev.statedict.StateDict;
import dev.statedict.io.CheckpointFormat;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.WriteOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Files of a thousand tensors that are written, beside a {@code FileChannel} that moves as many bytes from a direct buffer of
 * the size that was found to be the fastest. All write a new file.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms10g", "-Xmx10g", "-Xmn5g", "-XX:MaxDirectMemorySize=8g"})
public class SaveBenchmark {
    private static final int WRITTEN_AT_A_TIME = 1 << 22;
    private static final int SERIALIZED_AT_A_TIME = 1 << 18;

    /** What is saved, and whether the disk has it when a save is over. */
    @State(Scope.Benchmark)
    public static class Saved {
        /** On both sides, or on neither. */
        @Param({"false", "true"})
        public boolean flush;

        private StateDict dict = StateDict.builder().build();

        /** Makes the tensors. */
        @Setup
        public void create(FilePlace place) {
            dict = place.module().stateDict();
        }

        /** Makes room for the next. */
        @TearDown(Level.Invocation)
        public void removeFile(FilePlace place) throws IOException {
            Files.deleteIfExists(place.file());
        }
    }

    /** Saves. */
    @Benchmark
    public void save(FilePlace place, Saved saved) throws IOException {
        Checkpoints.save(place.file(), saved.dict, WriteOptions.defaults().withFlush(saved.flush));
    }

    /** Saves to a stream, which is flushed by its end alone. */
    @Benchmark
    public void saveToStream(FilePlace place, Saved saved) throws IOException {
        try (OutputStream stream = Files.newOutputStream(place.file(), StandardOpenOption.CREATE_NEW)) {
            Checkpoints.save(stream, saved.dict);
        }
    }

    /** Saves as an archive of NumPy's arrays. */
    @Benchmark
    public void saveArchive(FilePlace place, Saved saved) throws IOException {
        Checkpoints.save(
                place.file(),
                saved.dict,
                WriteOptions.defaults().withFlush(saved.flush).withFormat(CheckpointFormat.NUMPY));
    }

    /** Serializes, as Java does. */
    @Benchmark
    public void serialize(FilePlace place, Saved saved) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(place.file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ObjectOutputStream out = new ObjectOutputStream(
                        new BufferedOutputStream(Channels.newOutputStream(channel), SERIALIZED_AT_A_TIME))) {
            out.writeObject(saved.dict);
            out.flush();
            if (saved.flush) {
                channel.force(true);
            }
        }
    }

    /** Writes as many bytes. */
    @Benchmark
    public void saveByChannel(FilePlace place, Saved saved, DirectBuffer buffer) throws IOException {
        try (FileChannel channel =
                FileChannel.open(place.file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = buffer.ofSize(WRITTEN_AT_A_TIME);
            for (long left = place.bytes(); left > 0; ) {
                bytes.clear().limit((int) Math.min(bytes.capacity(), left));
                left -= channel.write(bytes);
            }
            if (saved.flush) {
                channel.force(true);
            }
        }
    }
}
