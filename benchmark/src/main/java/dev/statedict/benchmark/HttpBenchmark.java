package dev.statedict.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.statedict.StateDict;
import dev.statedict.benchmark.model.ManyTensors;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.HttpCheckpointSource;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
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
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A file of a thousand tensors on a server of this machine that sends ranges. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Xms10g",
            "-Xmx10g",
            "-Xmn5g",
            "-XX:MaxDirectMemorySize=8g",
            // as servers do; else each answer waits 40 ms for the client to acknowledge its head
            "-Dsun.net.httpserver.nodelay=true"
        })
public class HttpBenchmark {
    /** {@return one tensor of the thousand, from a server; with memory as in {@link LoadFileBenchmark#openLazily}} */
    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {
                "-Xms10g",
                "-Xmx10g",
                "-Xmn256m",
                "-XX:MaxDirectMemorySize=8g",
                "-Dsun.net.httpserver.nodelay=true"
            })
    public Tensor openOverHttp(FilePlace place, SavedFile saved, ServedFile served) throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(HttpCheckpointSource.open(served.uri()))) {
            return checkpoint.tensor("tensors." + ManyTensors.COUNT / 2);
        }
    }

    /** {@return all tensors, from a server} */
    @Benchmark
    public StateDict loadOverHttp(FilePlace place, SavedFile saved, LoadedModule loaded, ServedFile served)
            throws IOException {
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
        public void start(FilePlace place) throws IOException {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.setExecutor(threads);
            started.createContext("/", exchange -> send(place.file(), exchange));
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
}
