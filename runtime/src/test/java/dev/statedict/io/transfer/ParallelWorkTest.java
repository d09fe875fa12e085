package dev.statedict.io.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelWorkTest {
    private final Set<Integer> done = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = Collections.newSetFromMap(new ConcurrentHashMap<>());

    private final ParallelWork.Worker worker = piece -> {
        threads.add(Thread.currentThread());
        assertThat(done.add(piece)).as("piece %s is done once", piece).isTrue();
    };

    @Test
    void everyPieceIsDoneOnce() throws IOException {
        ParallelWork.run(10_000, List.of(worker, worker, worker));

        assertThat(done).hasSize(10_000).contains(0, 9_999);
    }

    @Test
    void oneWorkerStaysInTheCallingThread() throws IOException {
        ParallelWork.run(10, List.of(worker));

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void helpersHaveEndedWhenTheCallReturns() throws IOException {
        CountDownLatch both = new CountDownLatch(2);
        ParallelWork.Worker meeting = piece -> {
            worker.accept(piece);
            both.countDown();
            await(both);
        };

        ParallelWork.run(2, List.of(meeting, meeting));

        assertThat(threads).hasSize(2).allMatch(thread -> thread == Thread.currentThread() || !thread.isAlive());
    }

    @Test
    void nothingIsBegunBehindAFailure() {
        ParallelWork.Worker failing = piece -> {
            worker.accept(piece);
            if (piece == 5) {
                throw new IOException("piece 5");
            }
        };

        assertThatThrownBy(() -> ParallelWork.run(10_000, List.of(failing))).hasMessage("piece 5");
        assertThat(done).hasSize(6);
    }

    @Test
    void ofTwoFailuresTheFirstByNumberIsThrownAlsoWhenItComesLater() {
        CountDownLatch laterFailed = new CountDownLatch(1);
        ParallelWork.Worker failing = piece -> {
            if (piece == 0) {
                await(laterFailed);
            } else {
                laterFailed.countDown();
            }
            throw new IOException("piece " + piece);
        };

        assertThatThrownBy(() -> ParallelWork.run(2, List.of(failing, failing))).hasMessage("piece 0");
    }

    @Test
    void anErrorOfAHelperIsThrownToo() {
        CountDownLatch failed = new CountDownLatch(1);
        ParallelWork.Worker waiting = piece -> await(failed);
        ParallelWork.Worker failing = piece -> {
            failed.countDown();
            throw new OutOfMemoryError("of the helper");
        };

        assertThatThrownBy(() -> ParallelWork.run(2, List.of(waiting, failing)))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("of the helper");
    }

    @Test
    void anInterruptThatClosesTheFileForAllIsWhatIsThrown() {
        CountDownLatch closed = new CountDownLatch(2);
        ParallelWork.Worker interrupted = piece -> {
            closed.countDown();
            await(closed);
            throw new ClosedByInterruptException();
        };
        ParallelWork.Worker shutOut = piece -> {
            closed.countDown();
            await(closed);
            throw new ClosedChannelException();
        };

        assertThatThrownBy(() -> ParallelWork.run(2, List.of(interrupted, shutOut)))
                .isInstanceOf(ClosedByInterruptException.class);
    }

    @Test
    void aThreadThatIsInterruptedWhileItWaitsForHelpersStaysInterrupted() throws IOException {
        Thread caller = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(1);
        ParallelWork.Worker brief = piece -> await(begun);
        ParallelWork.Worker interrupting = piece -> {
            begun.countDown();
            caller.interrupt();
            worker.accept(piece);
        };

        ParallelWork.run(2, List.of(brief, interrupting));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).isNotEmpty();
    }

    @Test
    void smallFilesStayInTheCallingThreadAndLargeOnesTakeNoMoreThanThereAreProcessors() {
        assertThat(ParallelWork.threads(0)).isEqualTo(1);
        assertThat(ParallelWork.threads(4_000_000)).isEqualTo(1);
        assertThat(ParallelWork.threads(Long.MAX_VALUE))
                .isEqualTo(Math.min(Runtime.getRuntime().availableProcessors(), 4));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
