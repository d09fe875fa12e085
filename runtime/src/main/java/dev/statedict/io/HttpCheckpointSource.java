package dev.statedict.io;

import dev.statedict.io.file.Names;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.Spool;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint on a server, of which no more is fetched than is read: the header, and the tensors that are asked for.
 *
 * {@snippet class="com.example.Sources" region="http"}
 *
 * <p>A connection that breaks off is taken up again where it broke. A file that changes meanwhile, by its {@code ETag} or its
 * size, is an error, never a mixture of two. A server that knows no ranges sends the whole file, which is then held in memory
 * up to 64 MB, else in a temporary file, until it is closed.
 *
 * <p>This class alone needs the module {@code java.net.http}: everything else here works in a runtime image without it.
 */
public final class HttpCheckpointSource implements CheckpointSource {
    /** Of most files this one fetch tells everything but the tensors. */
    private static final int FIRST_BYTES = 1 << 16;

    private static final int MOST_SKIPPED = 1 << 12;
    private static final int HELD_IN_MEMORY = 1 << 26;
    private static final int ATTEMPTS = 4;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NO_SUCH_RANGE = 416;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18})");

    /** A client has threads and connections, and no end of its own; so all files have one. */
    private static final class Shared {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(TIMEOUT)
                .build();
    }

    /** A body that is being read. */
    private record Body(InputStream stream, long end) {}

    /** What an answer says of the whole file. */
    private record Version(long size, @Nullable String tag) {}

    private final HttpClient client;
    private final HttpRequest request;
    private final String name;
    /** By the position of the byte that comes next. */
    private final NavigableMap<Long, Body> bodies = new ConcurrentSkipListMap<>();
    /** Where runs of reads will end, by where they begin. */
    private final NavigableMap<Long, Long> runs = new ConcurrentSkipListMap<>();

    private Version version = new Version(0, null);
    private byte[] start = {};
    private @Nullable FileBytes whole;

    private HttpCheckpointSource(HttpClient client, HttpRequest request) {
        this.client = client;
        this.request = request;
        this.name = withoutSecrets(request.uri());
    }

    /**
     * Opens a file on a server, by a client that follows redirects.
     *
     * @param uri of {@code http} or {@code https}
     * @return the file
     * @throws FileNotFoundException when there is none, by the server's word
     * @throws IOException when the server cannot be reached, or refuses
     * @throws IllegalArgumentException when the URI is none of HTTP
     */
    public static HttpCheckpointSource open(URI uri) throws IOException {
        return open(Shared.CLIENT, HttpRequest.newBuilder(uri).build());
    }

    /**
     * Opens a file on a server, by a client and with headers of one's own.
     *
     * @param client knows proxies, certificates, redirects; not closed
     * @param request what each request begins as: its URI, its headers such as {@code Authorization}, its timeout
     * @return the file
     * @throws FileNotFoundException when there is none, by the server's word
     * @throws IOException when the server cannot be reached, or refuses
     */
    public static HttpCheckpointSource open(HttpClient client, HttpRequest request) throws IOException {
        HttpCheckpointSource source = new HttpCheckpointSource(client, request);
        source.begin();
        return source;
    }

    /** A query may be a signature, and messages go to logs. */
    private static String withoutSecrets(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getPath();
    }

    private void begin() throws IOException {
        IOException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            pauseBefore(attempt);
            HttpResponse<InputStream> response;
            try {
                response = send(0, FIRST_BYTES);
            } catch (Refused | FileNotFoundException | InterruptedIOException refused) {
                throw refused;
            } catch (IOException broken) {
                failure = broken;
                continue;
            }
            try (InputStream body = response.body()) {
                if (response.statusCode() == OK) {
                    whole = Spool.of(name, new byte[0], body, HELD_IN_MEMORY);
                    version = new Version(whole.length(), null);
                    return;
                }
                version = version(response);
                if (response.statusCode() == NO_SUCH_RANGE) {
                    return;
                }
                Range range = range(response, 0);
                byte[] first = body.readNBytes((int) Math.min(FIRST_BYTES, range.end));
                if (first.length == Math.min(Math.min(FIRST_BYTES, range.end), version.size)) {
                    start = first;
                    return;
                }
                failure = new IOException("the connection ended at offset " + first.length);
            } catch (Refused | InterruptedIOException refused) {
                throw refused;
            } catch (IOException broken) {
                failure = broken;
            }
        }
        throw unreachable(0, failure);
    }

    @Override
    public long size() {
        return version.size;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void willRead(long position, long count) {
        if (count > 0 && whole == null) {
            runs.put(position, position + count);
        }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        FileBytes all = whole;
        if (position >= version.size) {
            return -1;
        }
        int wanted = (int) Math.min(target.remaining(), version.size - position);
        if (all != null) {
            all.read(position, target.limit(target.position() + wanted));
            return wanted;
        }
        if (position < start.length) {
            int count = (int) Math.min(wanted, start.length - position);
            target.put(start, (int) position, count);
            willRead(position + count, runEnd(position) - position - count);
            return count;
        }
        return fetch(target, position, wanted);
    }

    private int fetch(ByteBuffer target, long position, int wanted) throws IOException {
        byte[] bytes = new byte[wanted];
        IOException failure = null;
        long end = Math.min(Math.max(runEnd(position), position + wanted), version.size);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            pauseBefore(attempt);
            @Nullable Body body = null;
            try {
                body = bodyAt(position);
                if (body == null) {
                    body = body(position, end);
                }
                int count = body.stream.read(bytes, 0, (int) Math.min(wanted, body.end - position));
                if (count > 0) {
                    target.put(bytes, 0, count);
                    goOn(body, position + count);
                    return count;
                }
                failure = new IOException("the connection ended");
            } catch (Refused | FileNotFoundException | InterruptedIOException refused) {
                throw refused;
            } catch (IOException broken) {
                failure = broken;
            }
            if (body != null) {
                end = Math.max(end, body.end);
                body.stream.close();
            }
        }
        throw unreachable(position, failure);
    }

    /** Where the run ends that a position lies in, and which is no longer waited for; 0 where there is none. */
    private long runEnd(long position) {
        Map.Entry<Long, Long> run = runs.floorEntry(position);
        return run != null && run.getValue() > position && runs.remove(run.getKey(), run.getValue())
                ? run.getValue()
                : 0;
    }

    /** A body that goes on at a position, or a little before it: what lies between is skipped. */
    private @Nullable Body bodyAt(long position) throws IOException {
        Map.Entry<Long, Body> before = bodies.floorEntry(position);
        if (before == null
                || position - before.getKey() > MOST_SKIPPED
                || position >= before.getValue().end
                || !bodies.remove(before.getKey(), before.getValue())) {
            return null;
        }
        Body body = before.getValue();
        try {
            body.stream.skipNBytes(position - before.getKey());
            return body;
        } catch (IOException broken) {
            body.stream.close();
            return null;
        }
    }

    /** Keeps a body for the next read, or ends it. */
    private void goOn(Body body, long position) throws IOException {
        Body other = position < body.end ? bodies.put(position, body) : body;
        if (other != null) {
            other.stream.close();
        }
    }

    private Body body(long position, long end) throws IOException {
        HttpResponse<InputStream> response = send(position, end);
        try {
            if (response.statusCode() == OK) {
                throw new Refused(name + ": asked for bytes from offset " + position
                        + " on, the server sends the whole file, as if it had changed; open it again");
            }
            Version now = version(response);
            if (!now.equals(version)) {
                throw new Refused(name + ": it has changed since it was opened; open it again");
            }
            if (response.statusCode() == NO_SUCH_RANGE) {
                throw new Refused(String.format(
                        Locale.ROOT,
                        "%s: the server has no bytes at offset %,d, and says that there are %,d in all",
                        name,
                        position,
                        version.size));
            }
            return new Body(response.body(), Math.min(range(response, position).end, end));
        } catch (IOException | RuntimeException | Error failed) {
            response.body().close();
            throw failed;
        }
    }

    private HttpResponse<InputStream> send(long position, long end) throws IOException {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request, (header, value) -> true).GET();
        if (request.timeout().isEmpty()) {
            builder.timeout(TIMEOUT);
        }
        builder.setHeader("Range", "bytes=" + position + "-" + (end - 1));
        HttpResponse<InputStream> response;
        try {
            response = client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
        int status = response.statusCode();
        if (status == OK || status == PARTIAL || status == NO_SUCH_RANGE) {
            return response;
        }
        response.body().close();
        String answer = name + ": the server answers HTTP " + status;
        switch (status) {
            case 404, 410 -> throw new FileNotFoundException(answer);
            case 401, 403 ->
                throw new Refused(answer + "; give a request with the header Authorization, by"
                        + " HttpCheckpointSource.open(client, request)");
            case 408, 429, 500, 502, 503, 504 -> throw new IOException(answer);
            default -> throw new Refused(answer);
        }
    }

    /** The bytes that an answer holds, the last excluded. */
    private record Range(long start, long end) {}

    private Range range(HttpResponse<?> response, long position) throws Refused {
        Matcher range = contentRange(response);
        if (range.group(1) == null || Long.parseLong(range.group(1)) != position) {
            throw new Refused(name + ": asked for bytes from offset " + position + " on, the server answers "
                    + Names.quote(range.group()));
        }
        return new Range(position, Long.parseLong(range.group(2)) + 1);
    }

    private Version version(HttpResponse<?> response) throws Refused {
        // a weak tag says that two are as good as each other, not that they are the same
        String tag = response.headers()
                .firstValue("ETag")
                .filter(value -> !value.startsWith("W/"))
                .orElse(null);
        return new Version(
                Long.parseLong(contentRange(response).group(3)),
                response.statusCode() == NO_SUCH_RANGE ? version.tag : tag);
    }

    private Matcher contentRange(HttpResponse<?> response) throws Refused {
        String header = response.headers().firstValue("Content-Range").orElse("");
        Matcher range = CONTENT_RANGE.matcher(header);
        if (!range.matches()) {
            throw new Refused(name + ": the server answers a range with Content-Range " + Names.quote(header)
                    + ", which tells no size; download the file, or load it from a stream");
        }
        return range;
    }

    private void pauseBefore(int attempt) throws InterruptedIOException {
        if (attempt > 0) {
            try {
                Thread.sleep(FIRST_PAUSE_MILLIS << (attempt - 1));
            } catch (InterruptedException interrupted) {
                throw interrupted();
            }
        }
    }

    private InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException(name + ": interrupted while it was read");
    }

    private IOException unreachable(long position, @Nullable IOException failure) {
        return new IOException(
                String.format(
                        Locale.ROOT,
                        "%s: nothing more arrives from offset %,d on, after %d attempts: %s",
                        name,
                        position,
                        ATTEMPTS,
                        failure == null ? null : failure.getMessage()),
                failure);
    }

    /** An answer that asking again would not better. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    @Override
    public void close() throws IOException {
        for (Body body : bodies.values()) {
            body.stream.close();
        }
        bodies.clear();
        FileBytes all = whole;
        if (all != null) {
            all.close();
        }
    }
}
