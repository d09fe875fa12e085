package dev.statedict.io.http;

import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.Spool;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file on a server by position, in any number of threads. The beginning comes when it is opened; runs of reads go on
 * in one answer; what breaks off, or falls silent, is asked for again.
 */
public final class RangeReader implements Closeable {
    /** How long a server may send nothing, unless a request says otherwise. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of most files this one fetch tells everything but the tensors. */
    private static final int FIRST_BYTES = 1 << 16;

    private static final int MOST_SKIPPED = 1 << 12;
    private static final int HELD_IN_MEMORY = 1 << 26;
    private static final int ATTEMPTS = 4;
    private static final long FIRST_PAUSE_MILLIS = 100;

    /** A body that is being read. */
    private record Body(BodyStream stream, long end) {}

    private final Ranges ranges;
    /** By the position of the byte that comes next. */
    private final NavigableMap<Long, Body> bodies = new ConcurrentSkipListMap<>();
    /** Where runs of reads will end, by where they begin. */
    private final NavigableMap<Long, Long> runs = new ConcurrentSkipListMap<>();

    private Ranges.Version version = new Ranges.Version(0, null);
    private byte[] start = {};
    private @Nullable FileBytes whole;

    private RangeReader(Ranges ranges) {
        this.ranges = ranges;
    }

    /**
     * Opens a file: asks for its beginning.
     *
     * @param client not closed
     * @param request what each request begins as
     * @return the file
     * @throws IOException when the server cannot be reached, falls silent, refuses, or has no such file
     */
    public static RangeReader open(HttpClient client, HttpRequest request) throws IOException {
        RangeReader reader = new RangeReader(new Ranges(client, request, PATIENCE));
        reader.attempt(0, reader::begin);
        return reader;
    }

    /** Something that may break off. */
    private interface Attempt {
        /** How many bytes it gave; none where the connection ended. */
        int run() throws IOException;
    }

    /** Does something until it gives bytes, or a few times. */
    private int attempt(long position, Attempt attempt) throws IOException {
        IOException failure = null;
        for (int count = 0; count < ATTEMPTS; count++) {
            pauseBefore(count);
            try {
                int given = attempt.run();
                if (given >= 0) {
                    return given;
                }
                failure = new IOException("the connection ended");
            } catch (InterruptedIOException interrupted) {
                throw ranges.interrupted();
            } catch (Ranges.Refused | FileNotFoundException refused) {
                throw refused;
            } catch (IOException broken) {
                failure = broken;
            }
        }
        throw unreachable(position, failure);
    }

    private int begin() throws IOException {
        Ranges.Answer answer = ranges.ask(0, FIRST_BYTES);
        try (InputStream body = answer.body()) {
            if (answer.isWhole()) {
                FileBytes all = Spool.of(ranges.name(), new byte[0], body, HELD_IN_MEMORY);
                version = new Ranges.Version(all.length(), null);
                whole = all;
                return 0;
            }
            version = answer.version(version);
            if (answer.isNoSuchRange()) {
                return 0;
            }
            int expected = (int) Math.min(Math.min(FIRST_BYTES, answer.end()), version.size());
            byte[] first = body.readNBytes(expected);
            if (first.length < expected) {
                return -1;
            }
            start = first;
            return 0;
        }
    }

    /** {@return the number of bytes} */
    public long size() {
        return version.size();
    }

    /** {@return what the file is called in messages: its address without a query, which may be a signature} */
    public String name() {
        return ranges.name();
    }

    /**
     * Told before bytes are read piece by piece, in order: so they are asked for together.
     *
     * @param position where the first lies
     * @param count how many
     */
    public void willRead(long position, long count) {
        if (count > 0 && whole == null) {
            runs.put(position, position + count);
        }
    }

    /**
     * Reads some bytes, one at least.
     *
     * @param target takes as many as it has room for, or fewer
     * @param position where they begin
     * @return how many, or -1 when there are none
     * @throws IOException when they cannot be read
     */
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
        Fetch fetch = new Fetch(position, Math.min(Math.max(runEnd(position), position + wanted), version.size()));
        return attempt(position, () -> fetch.read(target, wanted));
    }

    /** Bytes that are to be had from a body that is there, or from one that is asked for. */
    private final class Fetch {
        private final long position;
        private long end;

        Fetch(long position, long end) {
            this.position = position;
            this.end = end;
        }

        int read(ByteBuffer target, int wanted) throws IOException {
            Body body = bodyAt(position);
            if (body == null) {
                body = ask(position, end);
            }
            int count = 0;
            try {
                count = body.stream.read(target, (int) Math.min(wanted, body.end - position));
            } finally {
                if (count <= 0) {
                    end = Math.max(end, body.end);
                    body.stream.close();
                }
            }
            if (count > 0) {
                goOn(body, position + count);
            }
            return count;
        }
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
        } catch (InterruptedIOException interrupted) {
            body.stream.close();
            throw interrupted;
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

    private Body ask(long position, long end) throws IOException {
        Ranges.Answer answer = ranges.ask(position, end);
        try {
            if (answer.isWhole()) {
                throw new Ranges.Refused(name() + ": asked for bytes from offset " + position
                        + " on, the server sends the whole file, as if it had changed; open it again");
            }
            if (!answer.version(version).equals(version)) {
                throw new Ranges.Refused(name() + ": it has changed since it was opened; open it again");
            }
            if (answer.isNoSuchRange()) {
                throw new Ranges.Refused(String.format(
                        Locale.ROOT,
                        "%s: the server has no bytes at offset %,d, and says that there are %,d in all",
                        name(),
                        position,
                        version.size()));
            }
            return new Body(answer.body(), Math.min(answer.end(), end));
        } catch (IOException | RuntimeException | Error failed) {
            answer.body().close();
            throw failed;
        }
    }

    private void pauseBefore(int attempt) throws InterruptedIOException {
        if (attempt > 0) {
            try {
                Thread.sleep(FIRST_PAUSE_MILLIS << (attempt - 1));
            } catch (InterruptedException interrupted) {
                throw ranges.interrupted();
            }
        }
    }

    private IOException unreachable(long position, @Nullable IOException failure) {
        String mend = failure instanceof HttpTimeoutException
                ? "; try again later, or wait longer by a request with a timeout, by HttpCheckpointSource.open(client, request)"
                : "";
        return new IOException(
                String.format(
                        Locale.ROOT,
                        "%s: nothing more arrives from offset %,d on, after %d attempts: %s%s",
                        name(),
                        position,
                        ATTEMPTS,
                        failure == null ? null : failure.getMessage(),
                        mend),
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
