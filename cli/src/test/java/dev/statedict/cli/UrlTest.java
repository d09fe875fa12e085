package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on a server. */
class UrlTest {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    @TempDir
    private Path directory;

    private final AtomicLong sent = new AtomicLong();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::send);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** A range of an example. */
    private void send(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path file = Path.of("." + exchange.getRequestURI().getPath());
            if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] bytes = Files.readAllBytes(file);
            Matcher range = RANGE.matcher(exchange.getRequestHeaders().getFirst("Range"));
            assertThat(range.matches()).isTrue();
            int start = Integer.parseInt(range.group(1));
            int end = (int) Math.min(Long.parseLong(range.group(2)) + 1, bytes.length);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + bytes.length);
            exchange.sendResponseHeaders(206, end - start);
            exchange.getResponseBody().write(Arrays.copyOfRange(bytes, start, end));
            sent.addAndGet(end - start);
        }
    }

    private String url(String file) {
        return "http://localhost:" + server.getAddress().getPort() + "/" + file;
    }

    @Test
    void whatIsPrintedIsThatOfTheFile() {
        String url = url("checkpoint.pt");
        for (String command : new String[] {"ls", "meta", "verify", "scan"}) {
            CommandRun ofFile = CommandRun.of(command, "checkpoint.pt");
            CommandRun ofUrl = CommandRun.of(command, url);

            assertThat(ofUrl.err()).as(command).isEmpty();
            assertThat(ofUrl.exitCode()).as(command).isEqualTo(ofFile.exitCode());
            assertThat(ofUrl.out().replace(url, "checkpoint.pt")).as(command).isEqualTo(ofFile.out());
        }
        assertThat(CommandRun.of("show", url("model.safetensors"), "norm.bias").out())
                .contains("norm.bias");
    }

    @Test
    void filesOnServersAreComparedAndConverted() {
        Path copy = directory.resolve("copy.pt");

        assertThat(CommandRun.of("convert", url("model.safetensors"), copy.toString())
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("diff", url("model.safetensors"), copy.toString())
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("diff", url("model.safetensors"), url("finetuned.safetensors"))
                        .exitCode())
                .isOne();
    }

    @Test
    void aListAsJsonNamesNoFileWhereThereIsNone() {
        assertThat(CommandRun.of("ls", "--json-lines", url("model.safetensors"), "steps")
                        .out())
                .startsWith("{\"key\": \"steps\", \"shape\": [], \"type\": \"I64\", \"strides\": [], \"offset\": ");
    }

    @Test
    void whatTheServerDoesNotHaveIsNamed() {
        assertComplaint(
                url("modle.pt") + ": the server answers HTTP 404; check the address and the connection",
                "ls",
                url("modle.pt") + "?signature=secret");
        assertComplaint("http://a b/c is no address: Illegal character in authority; check it", "ls", "http://a b/c");
    }
}
