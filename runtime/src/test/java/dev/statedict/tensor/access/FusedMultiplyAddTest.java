package dev.statedict.tensor.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FusedMultiplyAddTest {
    private static final float[] EDGES = {
        0,
        Float.MIN_VALUE,
        3 * Float.MIN_VALUE,
        Math.nextDown(Float.MIN_NORMAL),
        Float.MIN_NORMAL,
        Math.nextUp(Float.MIN_NORMAL),
        0x1p-75f,
        0x1.000002p-75f,
        0x1p-24f,
        0x1p-25f,
        0x1.000002p-25f,
        0.5f,
        Math.nextDown(1f),
        1,
        Math.nextUp(1f),
        1.5f,
        3,
        0x1p12f,
        0x1.001p12f,
        0x1p23f,
        0x1p24f,
        0x1.000002p24f,
        0x1p63f,
        0x1p64f,
        0x1p127f,
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NaN
    };

    @Test
    void emulationHasTheBitsOfTheInstructionAtTheEdges() {
        for (float a : EDGES) {
            for (float b : EDGES) {
                for (float c : EDGES) {
                    for (int signs = 0; signs < 8; signs++) {
                        same((signs & 1) == 0 ? a : -a, (signs & 2) == 0 ? b : -b, (signs & 4) == 0 ? c : -c);
                    }
                }
            }
        }
    }

    @Test
    void emulationHasTheBitsOfTheInstructionForAnyBits() {
        long seed = 23;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000_000; i++) {
            same(
                    Float.intBitsToFloat(random.nextInt()),
                    Float.intBitsToFloat(random.nextInt()),
                    Float.intBitsToFloat(random.nextInt()));
        }
    }

    /** The product is half a step of a float, and what is added to it is lost in double precision: rounding twice goes wrong. */
    @Test
    void emulationRoundsOnceWhereTheSumIsBesideAHalf() {
        Random random = new Random(24);
        int roundedTwice = 0;
        for (int i = 0; i < 100_000; i++) {
            float half = Math.scalb(1 + 0x1p-12f, random.nextInt(40) - 20);
            float tiny = (random.nextBoolean() ? 1 : -1) * Math.scalb(1 + random.nextFloat(), -60 - random.nextInt(60));
            same(half, half, tiny);
            same(-half, half, tiny);
            if ((float) ((double) half * half + tiny) != Math.fma(half, half, tiny)) {
                roundedTwice++;
            }
        }

        assertThat(roundedTwice).isGreaterThan(10_000);
    }

    private static void same(float a, float b, float c) {
        int expected = Float.floatToIntBits(Math.fma(a, b, c));
        if (Float.floatToIntBits(FusedMultiplyAdd.emulate(a, b, c)) != expected
                || Float.floatToIntBits(FusedMultiplyAdd.fma(a, b, c)) != expected) {
            assertThat(FusedMultiplyAdd.emulate(a, b, c))
                    .as("%s * %s + %s", Float.toHexString(a), Float.toHexString(b), Float.toHexString(c))
                    .isEqualTo(Math.fma(a, b, c));
        }
    }
}
