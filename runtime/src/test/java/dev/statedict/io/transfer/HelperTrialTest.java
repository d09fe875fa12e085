package dev.statedict.io.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Time passes here as the tests say: so much for a piece with a helper, and so much without. */
class HelperTrialTest {
    private static final int PIECES = 1 << 20;

    private long now;
    private int helped;

    /** Goes through pieces, and counts those with a helper. */
    private void run(IntPredicate helperIsFaster) {
        HelperTrial trial = new HelperTrial(() -> now);
        for (int piece = 0; piece < PIECES; piece++) {
            boolean helps = trial.helps(piece);
            now += helps == helperIsFaster.test(piece) ? 25 : 47;
            helped += helps ? 1 : 0;
        }
    }

    @Test
    void aHelperWorksFromTheFirstPieceOn() {
        assertThat(new HelperTrial(() -> now).helps(0)).isTrue();
    }

    @Test
    void aHelperWithWhichItGoesFasterWorksOnSevenEighthsAtLeast() {
        run(piece -> true);
        assertThat(helped).isBetween(PIECES * 7 / 8, PIECES - 1);
    }

    @Test
    void aHelperWithWhichItGoesSlowerIsTriedOnAnEighthAtMost() {
        run(piece -> false);
        assertThat(helped).isBetween(1, PIECES / 8);
    }

    @Test
    void whatWasFasterIsTriedAgainAsThingsChange() {
        run(piece -> piece >= PIECES / 16);
        assertThat(helped).isGreaterThan(PIECES / 2);
    }

    @Test
    void aHelperThatMakesNoDifferenceRests() {
        HelperTrial trial = new HelperTrial(() -> now);
        int count = 0;
        for (int piece = 0; piece < PIECES; piece++) {
            count += trial.helps(piece) ? 1 : 0;
            now += 25;
        }
        assertThat(count).isBetween(1, PIECES / 8);
    }
}
