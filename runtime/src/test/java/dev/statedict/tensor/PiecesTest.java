package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.RepeatedTest;

/** Work that is shared out among threads. */
class PiecesTest {

    @RepeatedTest(20)
    void eachPieceIsDoneOnceAndAllAreDoneInTheEnd() {
        AtomicIntegerArray done = new AtomicIntegerArray(1_000);

        new Pieces(1_000, done::incrementAndGet).doTogether();

        for (int piece = 0; piece < 1_000; piece++) {
            assertThat(done.get(piece)).as("piece %d", piece).isOne();
        }
    }

    @RepeatedTest(20)
    void whatAPieceThrowsReachesTheCallerWhenNoneIsBeingDone() {
        OutOfMemoryError full = new OutOfMemoryError();
        AtomicInteger running = new AtomicInteger();
        Pieces pieces = new Pieces(50, piece -> {
            running.incrementAndGet();
            try {
                if (piece == 7) {
                    throw full;
                }
                Thread.onSpinWait();
            } finally {
                running.decrementAndGet();
            }
        });

        assertThatThrownBy(pieces::doTogether).isSameAs(full);
        assertThat(running).hasValue(0);
    }
}
