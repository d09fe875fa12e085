package dev.statedict.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.statedict.LoadReport;
import dev.statedict.StateDict;
import dev.statedict.benchmark.model.ManyTensors;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.CheckpointFormat;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.HttpCheckpointSource;
import dev.statedict.io.WriteOptions;
import dev.statedict.tensor.Tensor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
 * Files of a thousand tensors beside a {@code FileChannel} that moves as many bytes from a direct buffer, of the size that
 * was found to be the fastest, or into one that has room for all. All write a new file; all read one that the kernel has in
 * memory, and none waits for a garbage collection or for memory that was never used before. The files lie in the directory
 * that the system property {@code statedict.benchmark.files} names, else among the temporary ones.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms10g", "-Xmx10g", "-Xmn5g", "-XX:MaxDirectMemorySize=8g"})
public class FileBenchmark {
    private static final int WRITTEN_AT_A_TIME = 1 << 22;
    private static final int READ_AT_A_TIME = 1 << 20;
    private static final int SERIALIZED_AT_A_TIME = 1 << 18;

    /** Where the file lies, and how large it is. */
    @State(Scope.Benchmark)
    public static class Place {
        /** All tensors together. */
        @Param({"256", "1024"})
        public int megabytes = 1;

        /** The suffix of the file, which says its format. */
        @Param("safetensors")
        public String format = "safetensors";

        private Path directory = Path.of("");
        private Path file = directory;

        /** Makes the directory. */
        @Setup
        public void createDirectory() throws IOException {
            String parent = System.getProperty("statedict.benchmark.files", System.getProperty("java.io.tmpdir"));
            directory = Files.createTempDirectory(Path.of(parent), "statedict");
            file = directory.resolve("model." + format);
        }

        /** Removes it. */
        @TearDown
        public void removeDirectory() throws IOException {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }

        private long bytes() {
            return megabytes * 1024L * 1024;
        }

        private ManyTensors module() {
            return new ManyTensors((int) (bytes() / Float.BYTES / ManyTensors.COUNT));
        }
    }

    /** What is saved, and whether the disk has it when a save is over. */
    @State(Scope.Benchmark)
    public static class Saved {
        /** On both sides, or on neither. */
        @Param({"false", "true"})
        public boolean flush;

        private StateDict dict = StateDict.builder().build();

        /** Makes the tensors. */
        @Setup
        public void create(Place place) {
            dict = place.module().stateDict();
        }

        /** Makes room for the next. */
        @TearDown(Level.Invocation)
        public void removeFile(Place place) throws IOException {
            Files.deleteIfExists(place.file);
        }
    }

    /** Saves. */
    @Benchmark
    public void save(Place place, Saved saved) throws IOException {
        Checkpoints.save(place.file, saved.dict, WriteOptions.defaults().withFlush(saved.flush));
    }

    /** Saves to a stream, which is flushed by its end alone. */
    @Benchmark
    public void saveToStream(Place place, Saved saved) throws IOException {
        try (OutputStream stream = Files.newOutputStream(place.file, StandardOpenOption.CREATE_NEW)) {
            Checkpoints.save(stream, saved.dict);
        }
    }

    /** Saves as an archive of NumPy's arrays. */
    @Benchmark
    public void saveArchive(Place place, Saved saved) throws IOException {
        Checkpoints.save(
                place.file,
                saved.dict,
                WriteOptions.defaults().withFlush(saved.flush).withFormat(CheckpointFormat.NUMPY));
    }

    /** Serializes, as Java does. */
    @Benchmark
    public void serialize(Place place, Saved saved) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(place.file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
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
    public void saveByChannel(Place place, Saved saved, OneBuffer buffer) throws IOException {
        try (FileChannel channel =
                FileChannel.open(place.file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
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

    /** A file that is there. */
    @State(Scope.Benchmark)
    public static class SavedFile {
        /** Saves it. */
        @Setup
        public void save(Place place) throws IOException {
            Checkpoints.save(place.file, place.module().stateDict());
        }
    }

    /** What is loaded into. */
    @State(Scope.Benchmark)
    public static class Loaded {
        private ManyTensors module = new ManyTensors(1);

        /** Makes the module. */
        @Setup
        public void create(Place place) {
            module = place.module();
        }

        /** Clears the memory of what was loaded before. */
        @Setup(Level.Invocation)
        public void collectGarbage() {
            System.gc();
        }
    }

    /** {@return all tensors} */
    @Benchmark
    public StateDict load(Place place, SavedFile saved, Loaded loaded) throws IOException {
        return Checkpoints.load(place.file);
    }

    /** {@return all tensors, from a stream} */
    @Benchmark
    public StateDict loadFromStream(Place place, SavedFile saved, Loaded loaded) throws IOException {
        try (InputStream stream = Files.newInputStream(place.file)) {
            return Checkpoints.load(stream);
        }
    }

    /** {@return the report of a load into a module, which takes the tensors over} */
    @Benchmark
    public LoadReport loadIntoModule(Place place, SavedFile saved, Loaded loaded) throws IOException {
        return loaded.module.loadStateDict(Checkpoints.load(place.file));
    }

    /** {@return as many bytes} */
    @Benchmark
    public ByteBuffer[] loadByChannel(Place place, SavedFile saved, Loaded loaded, WholeBuffers buffers)
            throws IOException {
        try (FileChannel channel = FileChannel.open(place.file, StandardOpenOption.READ)) {
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
    public ByteBuffer readThroughOneBuffer(Place place, SavedFile saved, Loaded loaded, OneBuffer buffer)
            throws IOException {
        ByteBuffer bytes = buffer.ofSize(READ_AT_A_TIME);
        try (FileChannel channel = FileChannel.open(place.file, StandardOpenOption.READ)) {
            for (long left = place.bytes(); left > 0; ) {
                bytes.clear().limit((int) Math.min(bytes.capacity(), left));
                left -= channel.read(bytes);
            }
        }
        return bytes;
    }

    /** {@return one tensor of the thousand} */
    @Benchmark
    public Tensor openLazily(Place place, SavedFile saved) throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(place.file)) {
            return checkpoint.tensor("tensors." + ManyTensors.COUNT / 2);
        }
    }

    /** {@return one tensor of the thousand, from a server} */
    @Benchmark
    public Tensor openOverHttp(Place place, SavedFile saved, ServedFile served) throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(HttpCheckpointSource.open(served.uri()))) {
            return checkpoint.tensor("tensors." + ManyTensors.COUNT / 2);
        }
    }

    /** {@return all tensors, from a server} */
    @Benchmark
    public StateDict loadOverHttp(Place place, SavedFile saved, Loaded loaded, ServedFile served) throws IOException {
        return Checkpoints.load(HttpCheckpointSource.open(served.uri()));
    }

    /** A server on this machine that sends ranges of the file. */
    @State(Scope.Benchmark)
    public static class ServedFile {
        private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

        private final ExecutorService threads = Executors.newCachedThreadPool();
        private @Nullable HttpServer server;

        /** Starts it. */
        @Setup
        public void start(Place place) throws IOException {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.setExecutor(threads);
            started.createContext("/", exchange -> send(place.file, exchange));
            started.start();
            server = started;
        }

        /** Ends it. */
        @TearDown
        public void stop() {
            Objects.requireNonNull(server).stop(0);
            threads.shutdown();
        }

        private URI uri() {
            int port = Objects.requireNonNull(server).getAddress().getPort();
            return URI.create("http://localhost:" + port + "/model.safetensors");
        }

        private static void send(Path file, HttpExchange exchange) throws IOException {
            Matcher range = RANGE.matcher(exchange.getRequestHeaders().getFirst("Range"));
            if (!range.matches()) {
                throw new IOException("a request without a range");
            }
            try (exchange;
                    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                long start = Long.parseLong(range.group(1));
                long end = Math.min(Long.parseLong(range.group(2)) + 1, channel.size());
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + channel.size());
                exchange.sendResponseHeaders(206, end - start);
                WritableByteChannel body = Channels.newChannel(exchange.getResponseBody());
                for (long at = start; at < end; ) {
                    at += channel.transferTo(at, end - at, body);
                }
            }
        }
    }

    /** A direct buffer that is there before time is taken. */
    @State(Scope.Benchmark)
    public static class OneBuffer {
        private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

        private ByteBuffer ofSize(int size) {
            if (bytes.capacity() != size) {
                bytes = ByteBuffer.allocateDirect(size);
            }
            return bytes;
        }
    }

    /** Direct buffers for the whole file, of up to a gigabyte each, whose memory is there before time is taken. */
    @State(Scope.Benchmark)
    public static class WholeBuffers {
        private ByteBuffer[] all = {};

        /** Makes them. */
        @Setup
        public void allocate(Place place) {
            int largest = 1 << 30;
            all = new ByteBuffer[(int) ((place.bytes() + largest - 1) / largest)];
            for (int i = 0; i < all.length; i++) {
                all[i] = ByteBuffer.allocateDirect((int) Math.min(place.bytes() - (long) i * largest, largest));
            }
        }
    }
}
