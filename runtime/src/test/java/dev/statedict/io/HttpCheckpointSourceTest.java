package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file on a server that knows ranges, or none, or says what is not so. */
@Timeout(60)
class HttpCheckpointSourceTest {
    private static final int MEGABYTES = 32;

    private final StateDict dict = large();
    private final AtomicInteger count = new AtomicInteger();
    private TestServer server;

    private static StateDict large() {
        Random random = new Random(3);
        var builder = StateDict.builder();
        for (int i = 0; i < MEGABYTES; i++) {
            float[] floats = new float[1 << 18];
            for (int at = 0; at < floats.length; at += 100) {
                floats[at] = random.nextFloat();
            }
            builder.put("tensors." + i, Tensor.wrap(floats, floats.length));
        }
        return builder.build();
    }

    @BeforeEach
    void start() throws IOException {
        server = TestServer.of(Checkpoints.toBytes(dict));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private HttpCheckpointSource open() throws IOException {
        return HttpCheckpointSource.open(server.uri());
    }

    @Test
    void theHeaderAndOneTensorCostTwoRequests() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(open())) {
            assertThat(server.asked).hasSize(1);

            assertThat(checkpoint.tensor("tensors.20").contentEquals(dict.get("tensors.20")))
                    .isTrue();
        }

        assertThat(server.asked).hasSize(2);
        assertThat(server.asked.get(1).end - server.asked.get(1).start).isEqualTo(1 << 20);
    }

    @Test
    void allTensorsCostOneRequestForSeveralMegabytesOfEach() throws IOException {
        StateDict one = StateDict.builder().put("weight", Tensor.zeros(8 << 20)).build();
        try (TestServer other = TestServer.of(Checkpoints.toBytes(one))) {
            assertThat(Checkpoints.load(HttpCheckpointSource.open(other.uri())).contentEquals(one))
                    .isTrue();
            assertThat(other.asked).hasSizeLessThanOrEqualTo(6);
        }
    }

    @Test
    void manyTensorsCostOneRequestForSeveralMegabytesOfThem() throws IOException {
        assertThat(Checkpoints.load(open()).contentEquals(dict)).isTrue();

        // 32 MB in runs of up to 8, of which the first may go on behind what came with the header
        assertThat(server.asked).hasSizeLessThanOrEqualTo(7);
    }

    @Test
    void theRecordsOfAnArchiveAreReadInRunsToo() throws IOException {
        WriteOptions pytorch = WriteOptions.defaults().withFormat(CheckpointFormat.PYTORCH);
        try (TestServer other = TestServer.of(Checkpoints.toBytes(dict, pytorch));
                Checkpoint checkpoint = Checkpoints.open(HttpCheckpointSource.open(other.uri()))) {
            int before = other.asked.size();

            assertThat(checkpoint.stateDict().contentEquals(dict)).isTrue();

            assertThat(other.asked).hasSizeLessThanOrEqualTo(before + 7);
        }
    }

    @Test
    void aLongHeaderCostsOneRequestMore() throws IOException {
        var builder = StateDict.builder();
        for (int i = 0; i < 2000; i++) {
            builder.put("a.rather.long.name.of.some.parameter." + i, Tensor.scalar(i));
        }
        StateDict many = builder.build();
        try (TestServer other = TestServer.of(Checkpoints.toBytes(many))) {
            try (Checkpoint checkpoint = Checkpoints.open(HttpCheckpointSource.open(other.uri()))) {
                assertThat(checkpoint.keys()).isEqualTo(many.keySet());
                assertThat(other.asked).hasSize(2);
            }
        }
    }

    @Test
    void connectionsThatDropAreTakenUpWhereTheyDropped() throws IOException {
        server.answer = request -> {
            if (count.incrementAndGet() % 3 == 0) {
                request.sendRange();
            } else {
                request.sendRange((request.end - request.start) / 3, server.file.length);
            }
        };
        assertThat(Checkpoints.load(open()).contentEquals(dict)).isTrue();
    }

    @Test
    void aServerThatIsBusyIsAskedAgain() throws IOException {
        server.answer = request -> {
            if (count.incrementAndGet() % 2 == 0) {
                request.sendRange();
            } else {
                request.send("503 Service Unavailable", "Content-Length: 0");
            }
        };
        try (Checkpoint checkpoint = Checkpoints.open(open())) {
            assertThat(checkpoint.tensor("tensors.3").contentEquals(dict.get("tensors.3")))
                    .isTrue();
        }
    }

    @Test
    void aConnectionThatAlwaysDropsIsGivenUp() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(open())) {
            server.answer = request -> request.sendRange(0, server.file.length);
            int before = server.asked.size();

            assertThatThrownBy(() -> checkpoint.tensor("tensors.3"))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching(
                            server.name() + ": nothing more arrives from offset [\\d,]+ on, after 4 attempts: .*");
            assertThat(server.asked).hasSize(before + 4);
        }
    }

    private HttpCheckpointSource openImpatiently(Duration patience) throws IOException {
        return HttpCheckpointSource.open(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(server.uri()).timeout(patience).build());
    }

    /** Sends a part of what is asked for, and then nothing, until the test is over. */
    private void stall(TestServer.Request request, int sent) throws IOException {
        request.sendRange(sent, server.file.length);
        request.hold();
    }

    @Test
    void aServerThatFallsSilentIsAskedAgainWhereItDid() throws IOException {
        server.answer = request -> {
            if (count.incrementAndGet() % 2 == 0) {
                request.sendRange();
            } else {
                stall(request, (request.end - request.start) / 3);
            }
        };
        try (Checkpoint checkpoint = Checkpoints.open(openImpatiently(Duration.ofSeconds(1)))) {
            int before = server.asked.size();

            assertThat(checkpoint.tensor("tensors.3").contentEquals(dict.get("tensors.3")))
                    .isTrue();

            assertThat(server.asked).hasSize(before + 2);
            assertThat(server.asked.get(before + 1).start - server.asked.get(before).start)
                    .isEqualTo((1 << 20) / 3);
        }
    }

    @Test
    void aServerThatStaysSilentIsGivenUp() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(openImpatiently(Duration.ofMillis(500)))) {
            server.answer = request -> stall(request, 0);
            int before = server.asked.size();

            assertThatThrownBy(() -> checkpoint.tensor("tensors.20"))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            server.name()
                                    + ": nothing more arrives from offset %,d on, after 4 attempts: no byte came for 0.5 s;"
                                    + " try again later, or wait longer by a request with a timeout, by"
                                    + " HttpCheckpointSource.open(client, request)",
                            checkpoint.location("tensors.20").offset());
            assertThat(server.asked).hasSize(before + 4);
        }
    }

    /** Before it answers at all, and in the midst of a file that it sends as a whole. */
    @Test
    void aServerThatFallsSilentBeforeAFileIsOpenIsGivenUpToo() {
        server.answer = TestServer.Request::hold;
        assertThatThrownBy(() -> openImpatiently(Duration.ofMillis(50)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        server.name() + ": nothing more arrives from offset 0 on, after 4 attempts: request timed out;"
                                + " try again later, or wait longer by a request with a timeout, by"
                                + " HttpCheckpointSource.open(client, request)");
        server.answer = request -> {
            request.send("200 OK", "Content-Length: " + server.file.length);
            request.hold();
        };
        assertThatThrownBy(() -> openImpatiently(Duration.ofSeconds(1)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(server.name()
                        + ": nothing more arrives from offset 0 on, after 4 attempts: no byte came for 1 s; try");
    }

    /** What counts is the time without a byte, not that of all. */
    @Test
    void aSlowServerIsWaitedForAsLongAsBytesCome() throws IOException {
        server.answer = request -> {
            int quarter = (request.end - request.start) / 4;
            request.sendSlowly(quarter, Duration.ofMillis(700));
        };
        try (Checkpoint checkpoint = Checkpoints.open(openImpatiently(Duration.ofSeconds(2)))) {
            int before = server.asked.size();

            assertThat(checkpoint.tensor("tensors.3").contentEquals(dict.get("tensors.3")))
                    .isTrue();
            assertThat(server.asked).hasSize(before + 1);
        }
    }

    @Test
    void anInterruptEndsAReadThatWaits() throws Exception {
        try (Checkpoint checkpoint = Checkpoints.open(open())) {
            Thread reading = Thread.currentThread();
            server.answer = request -> {
                request.sendRange(1000, server.file.length);
                reading.interrupt();
                request.hold();
            };
            assertThatThrownBy(() -> checkpoint.tensor("tensors.20"))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage(server.name() + ": interrupted while it was read");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aServerThatKnowsNoRangesSendsTheWholeOnce() throws IOException {
        server.answer = TestServer.Request::sendAll;
        try (Checkpoint checkpoint = Checkpoints.open(open())) {
            assertThat(checkpoint.stateDict().contentEquals(dict)).isTrue();
        }
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void aServerThatForgetsRangesIsRefused() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(open())) {
            server.answer = TestServer.Request::sendAll;
            assertThatThrownBy(() -> checkpoint.tensor("tensors.20"))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching(server.name() + ": asked for bytes from offset \\d+ on, the server sends the"
                            + " whole file, as if it had changed; open it again");
        }
    }

    @Test
    void aFileThatChangesIsRefused() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(open())) {
            server.answer = request -> request.sendRange(request.end - request.start, server.file.length - 1);
            assertThatThrownBy(() -> checkpoint.tensor("tensors.20"))
                    .isInstanceOf(IOException.class)
                    .hasMessage(server.name() + ": it has changed since it was opened; open it again");
        }
    }

    @Test
    void aServerThatClaimsMoreThanItHasIsRefused() throws IOException {
        long claimed = 1_000_000_000_000L;
        server.answer = request -> request.sendRange(request.end - request.start, claimed);
        assertThatThrownBy(() -> Checkpoints.open(open()))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageMatching(server.name() + ": expected [\\d,]+ bytes of data at offset [\\d,]+, the file has"
                        + " 999,99[\\d,]+");
        HttpCheckpointSource source = open();
        assertThatThrownBy(() -> source.read(ByteBuffer.allocate(10), server.file.length + 5L))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        server.name() + ": the server has no bytes at offset %,d, and says that there are %,d in all",
                        server.file.length + 5,
                        claimed);
    }

    @Test
    void aServerThatAnswersAnotherRangeIsRefused() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(open())) {
            server.answer = request -> {
                request.send(
                        "206 Partial Content",
                        "ETag: \"1\"",
                        "Content-Range: bytes 0-9/" + server.file.length,
                        "Content-Length: 10");
            };
            assertThatThrownBy(() -> checkpoint.tensor("tensors.20"))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching(server.name() + ": asked for bytes from offset \\d+ on, the server answers"
                            + " \"bytes 0-9/\\d+\"");
        }
        server.answer = request -> request.send("206 Partial Content", "Content-Length: 0");
        assertThatThrownBy(this::open)
                .hasMessage(server.name() + ": the server answers a range with Content-Range \"\", which tells no"
                        + " size; download the file, or load it from a stream");
    }

    @Test
    void anEmptyFileIsNoCheckpoint() throws IOException {
        try (TestServer empty = TestServer.of(new byte[0])) {
            assertThatThrownBy(() -> Checkpoints.open(HttpCheckpointSource.open(empty.uri())))
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessage(empty.name() + ": neither safetensors nor a checkpoint of PyTorch, NumPy or statedict");
        }
    }

    @Test
    void whatTheServerDoesNotHaveIsToldAsForFiles() {
        server.answer = request -> request.send("404 Not Found", "Content-Length: 0");
        assertThatThrownBy(this::open)
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage(server.name() + ": the server answers HTTP 404");
        assertThat(server.asked).hasSize(1);
        server.answer = request -> request.send("401 Unauthorized", "Content-Length: 0");
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessage(server.name() + ": the server answers HTTP 401; give a request with the header"
                        + " Authorization, by HttpCheckpointSource.open(client, request)");
        server.answer = request -> request.send("418 I'm a teapot", "Content-Length: 0");
        assertThatThrownBy(this::open).hasMessage(server.name() + ": the server answers HTTP 418");
    }

    @Test
    void aRequestsOwnHeadersGoWithEach() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(server.uri())
                .header("Authorization", "Bearer token")
                .build();
        HttpClient client = HttpClient.newHttpClient();
        try (Checkpoint checkpoint = Checkpoints.open(HttpCheckpointSource.open(client, request))) {
            checkpoint.tensor("tensors.20");
        }
        assertThat(server.asked)
                .hasSize(2)
                .allSatisfy(asked -> assertThat(asked.headers).contains("Authorization: Bearer token"));
    }

    @Test
    void anInterruptEndsARead() throws IOException {
        try (Checkpoint checkpoint = Checkpoints.open(open())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> checkpoint.tensor("tensors.20"))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage(server.name() + ": interrupted while it was read");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void nobodyAtAllIsTold() throws IOException {
        server.close();
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(server.name() + ": nothing more arrives from offset 0 on, after 4 attempts: ");
    }
}
