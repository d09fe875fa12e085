package dev.statedict.io.transfer;

import java.util.function.LongSupplier;

/**
 * Finds out by trying, again and again, whether a helper makes pieces of work go faster. That depends on the machine at the
 * moment: of one and the same code that loads 256 MB from a stream, in 34 ms without a helper, one JVM took 25 to 27 with it,
 * the next 45 to 57, for the reading thread then writes into buffers that the other processor's cache still has; and 60 to 130
 * where other threads wanted the processors.
 */
final class HelperTrial {
    /** What a helper that was just started is late for. */
    private static final int FIRST = 16;

    /** How many pieces a trial has at least, some 2 ms. */
    private static final int LEAST = 64;

    /** Of all pieces, a trial of either kind takes an eighth at most. */
    private static final int PART = 8;

    /** How many times the pieces so far there are when it is tried again. */
    private static final int GROWTH = 4;

    private enum Stage {
        CHOSEN,
        WITH_HELPER,
        WITHOUT
    }

    private final LongSupplier clock;
    private Stage stage = Stage.CHOSEN;
    private boolean helps = true;
    private int length;
    private int end = FIRST;
    private long began;
    private long withHelper;

    HelperTrial() {
        this(System::nanoTime);
    }

    HelperTrial(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Whether the helper is to work from now on.
     *
     * @param piece the number of the piece that is needed next
     * @return whether it is
     */
    boolean helps(int piece) {
        if (piece == end) {
            begin(piece, clock.getAsLong());
        }
        return helps;
    }

    private void begin(int piece, long now) {
        long took = now - began;
        began = now;
        switch (stage) {
            case CHOSEN -> {
                stage = Stage.WITH_HELPER;
                helps = true;
                length = Math.max(LEAST, piece / PART);
                end = piece + length;
            }
            case WITH_HELPER -> {
                stage = Stage.WITHOUT;
                helps = false;
                withHelper = took;
                end = piece + length;
            }
            case WITHOUT -> {
                stage = Stage.CHOSEN;
                helps = withHelper < took;
                end = piece * GROWTH;
            }
        }
    }
}
