package dev.statedict.io.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, read as it comes. A server that falls silent is not waited for without end, as the JDK's own stream
 * does: a request's timeout ends with the head of its answer.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<BodyStream> {
    /** What the client tells: bytes, or the end, for a failure with its reason. */
    private record Arrival(
            List<ByteBuffer> bytes, boolean isEnd, @Nullable Throwable failure) {}

    private final Duration patience;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> unread = new ArrayDeque<>();
    private @Nullable Arrival end;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;

    /**
     * A body.
     *
     * @param patience the longest that is waited for the next bytes
     */
    BodyStream(Duration patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        arrivals.add(new Arrival(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        arrivals.add(new Arrival(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival(List.of(), true, null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        return read(ByteBuffer.wrap(target, offset, count), count);
    }

    /**
     * Reads what is there: the client tells 16 KB at a time.
     *
     * @param target takes none where that fails
     * @param most how many at most
     * @return how many: one at least, where one is wanted, or -1 at the end
     * @throws IOException when none comes
     */
    int read(ByteBuffer target, int most) throws IOException {
        int count = 0;
        while (count < most) {
            ByteBuffer bytes = count == 0 ? next() : unread.peek();
            if (bytes == null) {
                return count == 0 ? -1 : count;
            }
            int piece = Math.min(most - count, bytes.remaining());
            target.put(bytes.slice().limit(piece));
            bytes.position(bytes.position() + piece);
            if (!bytes.hasRemaining()) {
                unread.remove();
            }
            count += piece;
        }
        return count;
    }

    /** Bytes that are left; null at the end. */
    private @Nullable ByteBuffer next() throws IOException {
        while (true) {
            while (!unread.isEmpty() && !unread.element().hasRemaining()) {
                unread.remove();
            }
            if (!unread.isEmpty()) {
                return unread.element();
            }
            if (end == null) {
                take(await());
            }
            if (end != null) {
                Throwable failure = end.failure;
                if (failure != null) {
                    throw new IOException(failure.getMessage(), failure);
                }
                return null;
            }
        }
    }

    private void take(Arrival arrival) {
        unread.addAll(arrival.bytes);
        Flow.Subscription more = subscription;
        if (arrival.isEnd) {
            end = arrival;
        } else if (more != null) {
            more.request(1);
        }
    }

    private Arrival await() throws IOException {
        if (closed) {
            throw new IOException("the body is closed");
        }
        Arrival arrival;
        try {
            arrival = arrivals.poll(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a body was read");
        }
        if (arrival == null) {
            throw new HttpTimeoutException("no byte came for " + seconds(patience));
        }
        return arrival;
    }

    /**
     * A span of time for people.
     *
     * @param span any
     * @return for example {@code 30 s} or {@code 0.5 s}
     */
    static String seconds(Duration span) {
        String seconds = span.toMillis() % 1000 == 0 ? Long.toString(span.toSeconds()) : span.toMillis() / 1000.0 + "";
        return seconds + " s";
    }

    @Override
    public void close() {
        closed = true;
        Flow.Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
    }
}
