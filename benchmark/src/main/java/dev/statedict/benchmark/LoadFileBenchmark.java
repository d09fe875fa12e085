package dev.statedict.benchmark;

import dev.statedict.LoadReport;
import dev.statedict.StateDict;
import dev.statedict.benchmark.model.ManyTensors;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Files of a thousand tensors that are read, beside a {@code FileChannel} that moves as many bytes into a direct buffer that
 * has room for all. All read a file that the kernel has in memory, and none waits for a garbage collection or for memory that
 * was never used before.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms10g", "-Xmx10g", "-Xmn5g", "-XX:MaxDirectMemorySize=8g"})
public class LoadFileBenchmark {
    private static final int READ_AT_A_TIME = 1 << 20;

    /** {@return all tensors} */
    @Benchmark
    public StateDict load(FilePlace place, SavedFile saved, LoadedModule loaded) throws IOException {
        return Checkpoints.load(place.file());
    }

    /** {@return all tensors, from a stream} */
    @Benchmark
    public StateDict loadFromStream(FilePlace place, SavedFile saved, LoadedModule loaded) throws IOException {
        try (InputStream stream = Files.newInputStream(place.file())) {
            return Checkpoints.load(stream);
        }
    }

    /** {@return the report of a load into a module, which takes the tensors over} */
    @Benchmark
    public LoadReport loadIntoModule(FilePlace place, SavedFile saved, LoadedModule loaded) throws IOException {
        return loaded.module().loadStateDict(Checkpoints.load(place.file()));
    }

    /** {@return as many bytes} */
    @Benchmark
    public ByteBuffer[] loadByChannel(FilePlace place, SavedFile saved, LoadedModule loaded, WholeBuffers buffers)
            throws IOException {
        try (FileChannel channel = FileChannel.open(place.file(), StandardOpenOption.READ)) {
            for (ByteBuffer buffer : buffers.all) {
                buffer.clear();
                while (buffer.hasRemaining()) {
                    channel.read(buffer);
                }
            }
        }
        return buffers.all;
    }

    /** {@return the last bytes, which have taken the place of all others, so that hardly any reach the memory} */
    @Benchmark
    public ByteBuffer readThroughOneBuffer(FilePlace place, SavedFile saved, LoadedModule loaded, DirectBuffer buffer)
            throws IOException {
        ByteBuffer bytes = buffer.ofSize(READ_AT_A_TIME);
        try (FileChannel channel = FileChannel.open(place.file(), StandardOpenOption.READ)) {
            for (long left = place.bytes(); left > 0; ) {
                bytes.clear().limit((int) Math.min(bytes.capacity(), left));
                left -= channel.read(bytes);
            }
        }
        return bytes;
    }

    /**
     * Of which so many are opened in a second that the young generation is a small one, to be used again and again. In a large
     * one each took memory that was never used before, and on a virtual machine whose host takes back what is free that
     * is 18 us for every 4 KB: 6 ms instead of half a one.
     *
     * @return one tensor of the thousand
     */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"-Xms10g", "-Xmx10g", "-Xmn256m", "-XX:MaxDirectMemorySize=8g"})
    public Tensor openLazily(FilePlace place, SavedFile saved) throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(place.file())) {
            return checkpoint.tensor("tensors." + ManyTensors.COUNT / 2);
        }
    }

    /** Direct buffers for the whole file, of up to a gigabyte each, whose memory is there before time is taken. */
    @State(Scope.Benchmark)
    public static class WholeBuffers {
        private ByteBuffer[] all = {};

        /** Makes them. */
        @Setup
        public void allocate(FilePlace place) {
            int largest = 1 << 30;
            all = new ByteBuffer[(int) ((place.bytes() + largest - 1) / largest)];
            for (int i = 0; i < all.length; i++) {
                all[i] = ByteBuffer.allocateDirect((int) Math.min(place.bytes() - (long) i * largest, largest));
            }
        }
    }
}
