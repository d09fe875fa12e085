package dev.statedict.io;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on this machine that has one file, and serves ranges of it unless a test makes it do otherwise. */
final class TestServer implements Closeable {
    private static final Pattern RANGE = Pattern.compile("range: bytes=(\\d+)-(\\d+)", Pattern.CASE_INSENSITIVE);

    /** Answers a request. */
    interface Answer {
        void answer(Request request) throws IOException;
    }

    /** A request, and its answer. */
    final class Request {
        final List<String> headers;
        /** The first byte that was asked for, and the one behind the last, neither beyond the file. */
        final int start;

        final int end;
        private final OutputStream out;

        private Request(List<String> headers, OutputStream out) {
            this.headers = headers;
            this.out = out;
            long[] range = {0, file.length};
            for (String header : headers) {
                Matcher matcher = RANGE.matcher(header);
                if (matcher.matches()) {
                    range[0] = Long.parseLong(matcher.group(1));
                    range[1] = Long.parseLong(matcher.group(2)) + 1;
                }
            }
            start = (int) Math.min(range[0], file.length);
            end = (int) Math.min(range[1], file.length);
        }

        /** As a server does that knows ranges. */
        void sendRange() throws IOException {
            sendRange(end - start, file.length);
        }

        /** The same, of which only some bytes are sent before the connection drops, and a total that may be a lie. */
        void sendRange(int sent, long total) throws IOException {
            if (start >= end) {
                send("416 Range Not Satisfiable", "Content-Range: bytes */" + total, "Content-Length: 0");
                return;
            }
            send(
                    "206 Partial Content",
                    "ETag: \"1\"",
                    "Content-Range: bytes " + start + "-" + (end - 1) + "/" + total,
                    "Content-Length: " + (end - start));
            out.write(file, start, sent);
        }

        /** The range piece by piece, with a pause between them. */
        void sendSlowly(int piece, Duration pause) throws IOException {
            sendRange(0, file.length);
            for (int at = start; at < end; at += piece) {
                out.write(file, at, Math.min(piece, end - at));
                out.flush();
                await(pause);
            }
        }

        /** Keeps the connection without a byte until the server is closed. */
        void hold() throws IOException {
            out.flush();
            await(Duration.ofMinutes(1));
        }

        private void await(Duration most) throws IOException {
            try {
                closed.await(most.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
        }

        /** As a server does that knows none. */
        void sendAll() throws IOException {
            send("200 OK", "Content-Length: " + file.length);
            out.write(file);
        }

        /** An answer without a body, or what comes before one. */
        void send(String status, String... answerHeaders) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\nConnection: close\r\n");
            for (String header : answerHeaders) {
                head.append(header).append("\r\n");
            }
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    final List<Request> asked = new CopyOnWriteArrayList<>();
    final byte[] file;
    volatile Answer answer = Request::sendRange;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private TestServer(byte[] file) throws IOException {
        this.file = file;
        threads.execute(this::accept);
    }

    static TestServer of(byte[] file) throws IOException {
        return new TestServer(file);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (SocketException closed) {
            // which is how it ends
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            List<String> headers = new ArrayList<>();
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                headers.add(line);
            }
            if (!headers.isEmpty()) {
                Request request = new Request(headers, socket.getOutputStream());
                asked.add(request);
                answer.answer(request);
                socket.getOutputStream().flush();
            }
        } catch (IOException hungUp) {
            // by the other side, who has what it wants
        }
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getLocalPort() + "/some/model?signature=secret");
    }

    String name() {
        return "http://localhost:" + server.getLocalPort() + "/some/model";
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        threads.shutdown();
    }
}
