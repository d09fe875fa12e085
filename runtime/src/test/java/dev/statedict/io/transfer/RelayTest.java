package dev.statedict.io.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken, and what comes of failures, is the same whichever thread is faster. */
@Timeout(60)
class RelayTest {
    private static final int PIECES = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyPieceIsWorkedOnOnceAndInOrderWhicheverThreadIsFaster(long seed) throws IOException {
        Random random = new Random(seed);
        int[] ofWork = random.ints(PIECES, 0, 4).toArray();
        int[] ofCaller = random.ints(PIECES, 0, 4).toArray();
        // not one for several threads: whoever works sees what was written before
        List<Integer> worked = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        Relay.Work work = (buffer, piece) -> {
            delay(ofWork[piece]);
            worked.add(piece);
            buffer.clear().putInt(piece).flip();
        };
        try (Relay relay = new Relay(work, 2)) {
            Deque<ByteBuffer> free = new ArrayDeque<>(List.of(relay.buffers(PIECES, Integer.BYTES)));
            int given = 0;
            while (taken.size() < PIECES) {
                while (given < PIECES && !free.isEmpty()) {
                    relay.give(free.remove());
                    given++;
                }
                ByteBuffer buffer = relay.take();
                taken.add(buffer.getInt(0));
                delay(ofCaller[taken.size() - 1]);
                free.add(buffer);
            }
        }

        List<Integer> all = IntStream.range(0, PIECES).boxed().toList();
        assertThat(taken).as("seed %d", seed).isEqualTo(all);
        assertThat(worked).as("seed %d", seed).isEqualTo(all);
    }

    private static void delay(int kind) {
        switch (kind) {
            case 1 -> Thread.yield();
            case 2 -> LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            case 3 -> LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(600));
            default -> {}
        }
    }

    @Test
    void aHelperWorksWhileTheCallingThreadIsAtSomethingElse() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        List<String> threads = new ArrayList<>();
        Relay.Work work = (buffer, piece) -> {
            threads.add(Thread.currentThread().getName());
            begun.countDown();
        };
        try (Relay relay = new Relay(work, 2)) {
            relay.give(relay.buffers(1, 1)[0]);
            begun.await();
            relay.take();
        }
        assertThat(threads).containsExactly("statedict-stream");
    }

    @Test
    void aHelperThatHasGoneToSleepIsWoken() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (Relay relay = new Relay((buffer, piece) -> begun.countDown(), 2)) {
            while (!sleeps("statedict-stream")) {
                Thread.sleep(1);
            }
            relay.give(relay.buffers(1, 1)[0]);
            begun.await();
            relay.take();
        }
    }

    private static boolean sleeps(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(each -> each.getName().equals(thread) && each.getState() == Thread.State.WAITING);
    }

    @Test
    void withoutAHelperTheCallingThreadDoesAll() throws IOException {
        List<Thread> threads = new ArrayList<>();
        try (Relay relay = new Relay((buffer, piece) -> threads.add(Thread.currentThread()), 1)) {
            ByteBuffer[] buffers = relay.buffers(3, 8);
            assertThat(buffers).hasSize(1);
            assertThat(buffers[0].order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            for (int piece = 0; piece < 3; piece++) {
                relay.give(buffers[0]);
                assertThat(relay.take()).isSameAs(buffers[0]);
            }
        }
        assertThat(threads).hasSize(3).containsOnly(Thread.currentThread());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatWasDoneBeforeAFailureIsTakenAndThenTheFailureIsThrown(int threads) throws IOException {
        IOException failure = new IOException("no more");
        List<Integer> worked = new ArrayList<>();
        Relay.Work work = (buffer, piece) -> {
            worked.add(piece);
            if (piece == 2) {
                throw failure;
            }
        };
        try (Relay relay = new Relay(work, threads)) {
            for (ByteBuffer buffer : relay.buffers(4, 1)) {
                relay.give(buffer);
            }
            for (int piece = 0; piece < 2; piece++) {
                relay.give(relay.take());
            }
            assertThatThrownBy(relay::take).isSameAs(failure);
        }
        assertThat(worked).containsExactly(0, 1, 2);
    }

    @Test
    void anUncheckedFailureOfTheHelperReachesTheCallingThreadAsItIs() throws Exception {
        UncheckedIOException failure = new UncheckedIOException(new IOException("no more"));
        CountDownLatch begun = new CountDownLatch(1);
        Relay.Work work = (buffer, piece) -> {
            begun.countDown();
            throw failure;
        };
        try (Relay relay = new Relay(work, 2)) {
            relay.give(relay.buffers(1, 1)[0]);
            begun.await();
            assertThatThrownBy(relay::take).isSameAs(failure);
        }
    }

    @Test
    void anInterruptEndsTheWaitForWhatTheHelperIsAt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicBoolean takes = new AtomicBoolean();
        Thread caller = Thread.currentThread();
        Relay.Work work = (buffer, piece) -> {
            begun.countDown();
            while (!takes.get() || caller.getState() != Thread.State.WAITING) {
                delay(2);
            }
            caller.interrupt();
            await(interrupted);
        };
        try (Relay relay = new Relay(work, 2)) {
            relay.give(relay.buffers(1, 1)[0]);
            begun.await();
            takes.set(true);
            try {
                assertThatThrownBy(relay::take)
                        .isInstanceOf(InterruptedIOException.class)
                        .hasMessage("interrupted while a checkpoint went through a stream");
                assertThat(Thread.interrupted()).isTrue();
            } finally {
                interrupted.countDown();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoIsInterruptedBeforeTakesNothing() {
        try (Relay relay = new Relay((buffer, piece) -> {}, 1)) {
            relay.give(relay.buffers(1, 1)[0]);
            Thread.currentThread().interrupt();
            assertThatThrownBy(relay::take).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void closeWaitsForWhatTheHelperIsAtAndNothingFurtherIsBegun() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean closing = new AtomicBoolean();
        Thread caller = Thread.currentThread();
        List<Integer> worked = new ArrayList<>();
        Relay.Work work = (buffer, piece) -> {
            begun.countDown();
            // the caller waits in close, for this
            while (!closing.get() || caller.getState() != Thread.State.WAITING) {
                delay(2);
            }
            worked.add(piece);
        };
        try (Relay relay = new Relay(work, 2)) {
            for (ByteBuffer buffer : relay.buffers(4, 1)) {
                relay.give(buffer);
            }
            begun.await();
            closing.set(true);
        }
        assertThat(worked).containsExactly(0);
    }
}
