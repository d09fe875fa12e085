package dev.statedict.io;

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
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
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

    /** A client has threads and connections, and no end of its own; so all files have one. */
    private static final class Shared {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(HttpRanges.TIMEOUT)
                .build();
    }

    /** A body that is being read. */
    private record Body(InputStream stream, long end) {}

    private final HttpRanges server;
    /** By the position of the byte that comes next. */
    private final NavigableMap<Long, Body> bodies = new ConcurrentSkipListMap<>();
    /** Where runs of reads will end, by where they begin. */
    private final NavigableMap<Long, Long> runs = new ConcurrentSkipListMap<>();

    private HttpRanges.Version version = new HttpRanges.Version(0, null);
    private byte[] start = {};
    private @Nullable FileBytes whole;

    private HttpCheckpointSource(HttpClient client, HttpRequest request) {
        this.server = new HttpRanges(client, request);
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

    private void begin() throws IOException {
        IOException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            pauseBefore(attempt);
            HttpResponse<InputStream> response;
            try {
                response = server.send(0, FIRST_BYTES);
            } catch (HttpRanges.Refused | FileNotFoundException | InterruptedIOException refused) {
                throw refused;
            } catch (IOException broken) {
                failure = broken;
                continue;
            }
            try (InputStream body = response.body()) {
                if (response.statusCode() == HttpRanges.OK) {
                    whole = Spool.of(server.name(), new byte[0], body, HELD_IN_MEMORY);
                    version = new HttpRanges.Version(whole.length(), null);
                    return;
                }
                version = server.version(response, version);
                if (response.statusCode() == HttpRanges.NO_SUCH_RANGE) {
                    return;
                }
                HttpRanges.Range range = server.range(response, 0);
                byte[] first = body.readNBytes((int) Math.min(FIRST_BYTES, range.end()));
                if (first.length == Math.min(Math.min(FIRST_BYTES, range.end()), version.size())) {
                    start = first;
                    return;
                }
                failure = new IOException("the connection ended at offset " + first.length);
            } catch (HttpRanges.Refused | InterruptedIOException refused) {
                throw refused;
            } catch (IOException broken) {
                failure = broken;
            }
        }
        throw unreachable(0, failure);
    }

    @Override
    public long size() {
        return version.size();
    }

    @Override
    public String name() {
        return server.name();
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
        if (position >= version.size()) {
            return -1;
        }
        int wanted = (int) Math.min(target.remaining(), version.size() - position);
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
        long end = Math.min(Math.max(runEnd(position), position + wanted), version.size());
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
            } catch (HttpRanges.Refused | FileNotFoundException | InterruptedIOException refused) {
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
        HttpResponse<InputStream> response = server.send(position, end);
        try {
            if (response.statusCode() == HttpRanges.OK) {
                throw new HttpRanges.Refused(server.name() + ": asked for bytes from offset " + position
                        + " on, the server sends the whole file, as if it had changed; open it again");
            }
            HttpRanges.Version now = server.version(response, version);
            if (!now.equals(version)) {
                throw new HttpRanges.Refused(server.name() + ": it has changed since it was opened; open it again");
            }
            if (response.statusCode() == HttpRanges.NO_SUCH_RANGE) {
                throw new HttpRanges.Refused(String.format(
                        Locale.ROOT,
                        "%s: the server has no bytes at offset %,d, and says that there are %,d in all",
                        server.name(),
                        position,
                        version.size()));
            }
            return new Body(
                    response.body(), Math.min(server.range(response, position).end(), end));
        } catch (IOException | RuntimeException | Error failed) {
            response.body().close();
            throw failed;
        }
    }

    private void pauseBefore(int attempt) throws InterruptedIOException {
        if (attempt > 0) {
            try {
                Thread.sleep(FIRST_PAUSE_MILLIS << (attempt - 1));
            } catch (InterruptedException interrupted) {
                throw server.interrupted();
            }
        }
    }

    private IOException unreachable(long position, @Nullable IOException failure) {
        return new IOException(
                String.format(
                        Locale.ROOT,
                        "%s: nothing more arrives from offset %,d on, after %d attempts: %s",
                        server.name(),
                        position,
                        ATTEMPTS,
                        failure == null ? null : failure.getMessage()),
                failure);
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
