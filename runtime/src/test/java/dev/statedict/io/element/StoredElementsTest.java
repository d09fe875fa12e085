package dev.statedict.io.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StoredType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StoredElementsTest {
    @ParameterizedTest
    @EnumSource(StoredType.class)
    void whatATypeHoldsComesBackInEitherByteOrder(StoredType storedType) {
        StoredElements type = StoredElements.of(storedType);
        float[] candidates = {
            0,
            -0f,
            1,
            -1,
            0.5f,
            127,
            128,
            255,
            256,
            -128,
            -129,
            32767,
            32768,
            -32768,
            65504,
            65520,
            65535,
            65536,
            0x1p31f,
            -0x1p31f,
            0x1p32f,
            0x1p62f,
            0x1p63f,
            -0x1p63f,
            0x1.8p63f,
            0x1p64f,
            Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            0x1p-14f,
            0x1p-24f,
            0x1p-25f,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.NaN
        };
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            for (float value : candidates) {
                if (type.holds(value)) {
                    ByteBuffer bytes = ByteBuffer.allocate(8).order(order);
                    type.encode(new float[] {7, value}, 1, 1, bytes);
                    float[] back = new float[3];
                    assertThat(type.firstUnfit(bytes, 1, false)).isEqualTo(-1);
                    type.decode(bytes, back, 2, 1);
                    assertThat(back).containsExactly(0, 0, value);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "F64, true,  true,  true,  true,  true,  true,  true",
        "F32, true,  true,  true,  true,  true,  true,  true",
        "F16, true,  true,  false, false, false, true,  true",
        "BF16,true,  true,  true,  false, true,  true,  true",
        "I64, false, false, true,  true,  true,  true,  false",
        "I32, false, false, true,  true,  false, true,  false",
        "I16, false, false, false, false, false, true,  false",
        "I8,  false, false, false, false, false, true,  false",
        "U64, false, false, true,  true,  true,  false, false",
        "U32, false, false, true,  true,  false, false, false",
        "U16, false, false, false, false, false, false, false",
        "U8,  false, false, false, false, false, false, false",
        "BOOL,false, false, false, false, false, false, false",
    })
    void eachTypeHoldsItsOwnValues(
            StoredType storedType,
            boolean half,
            boolean negativeZero,
            boolean twoToThe16,
            boolean twentyFourBits,
            boolean twoToThe40,
            boolean minusOne,
            boolean nan) {
        StoredElements type = StoredElements.of(storedType);

        assertThat(type.holds(0)).isTrue();
        assertThat(type.holds(1)).isTrue();
        assertThat(type.holds(0.5f)).isEqualTo(half);
        assertThat(type.holds(-0f)).isEqualTo(negativeZero);
        assertThat(type.holds(65536)).isEqualTo(twoToThe16);
        assertThat(type.holds(16777215)).isEqualTo(twentyFourBits);
        assertThat(type.holds(0x1p40f)).isEqualTo(twoToThe40);
        assertThat(type.holds(-1)).isEqualTo(minusOne);
        assertThat(type.holds(Float.NaN)).isEqualTo(nan);
    }

    @Test
    void everyHalfIsItsValueAsAFloatAndComesBack() {
        for (int half = 0; half <= 0xffff; half++) {
            int exponent = half >> 10 & 0x1f;
            int fraction = half & 0x3ff;
            float value = Float16Elements.F16.toFloat((short) half);
            if (exponent == 31 && fraction != 0) {
                assertThat(value).isNaN();
                continue;
            }
            double magnitude = exponent == 31
                    ? Double.POSITIVE_INFINITY
                    : exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.scalb(1.0, exponent - 25);
            assertThat(value).isEqualTo((float) (half < 0x8000 ? magnitude : -magnitude));
            assertThat(Float16Elements.F16.fromFloat(value)).isEqualTo((short) half);
        }
    }

    @Test
    void aFloatRoundsToTheNearestHalfTiesToEven() {
        for (int half = 0; half < 0x7bff; half++) {
            double low = Float16Elements.F16.toFloat(half);
            double high = Float16Elements.F16.toFloat(half + 1);
            float middle = (float) ((low + high) / 2);
            assertThat(Float16Elements.F16.fromFloat(middle)).isEqualTo((short) (half % 2 == 0 ? half : half + 1));
            assertThat(Float16Elements.F16.fromFloat(Math.nextDown(middle))).isEqualTo((short) half);
            assertThat(Float16Elements.F16.fromFloat(Math.nextUp(middle))).isEqualTo((short) (half + 1));
        }
        assertThat(Float16Elements.F16.fromFloat(Math.nextDown(65520f))).isEqualTo((short) 0x7bff);
        assertThat(Float16Elements.F16.fromFloat(65520f)).isEqualTo((short) 0x7c00);
        assertThat(Float16Elements.F16.fromFloat(-Float.MAX_VALUE)).isEqualTo((short) 0xfc00);
    }

    @Test
    void aFloatRoundsToTheNearestBrainFloatTiesToEven() {
        for (int upper = 0; upper < 0x7f7f; upper++) {
            int middle = upper << 16 | 0x8000;
            assertThat(Float16Elements.BF16.fromFloat(Float.intBitsToFloat(middle)))
                    .isEqualTo((short) (upper % 2 == 0 ? upper : upper + 1));
            assertThat(Float16Elements.BF16.fromFloat(Float.intBitsToFloat(middle - 1)))
                    .isEqualTo((short) upper);
            assertThat(Float16Elements.BF16.fromFloat(Float.intBitsToFloat(middle + 1)))
                    .isEqualTo((short) (upper + 1));
        }
        assertThat(Float16Elements.BF16.fromFloat(Float.MAX_VALUE)).isEqualTo((short) 0x7f80);
    }

    @Test
    void nanStaysNanWhateverItsPayload() {
        for (int bits : new int[] {0x7f800001, 0xff800001, 0x7fffffff, 0x7fc00000, 0x7f801000}) {
            float nan = Float.intBitsToFloat(bits);
            assertThat(Float16Elements.F16.toFloat(Float16Elements.F16.fromFloat(nan)))
                    .isNaN();
            assertThat(Float16Elements.BF16.toFloat(Float16Elements.BF16.fromFloat(nan)))
                    .isNaN();
        }
    }

    @Test
    void longsAreExactOrUnfitAsBigDecimalSays() {
        Random random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            long value = i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : i == 2 ? -1 : randomLong(random);
            assertExactOrUnfit(StoredType.I64, value, BigInteger.valueOf(value));
            assertExactOrUnfit(StoredType.U64, value, new BigInteger(Long.toUnsignedString(value)));
        }
    }

    private static long randomLong(Random random) {
        return random.nextLong() >> random.nextInt(64) << random.nextInt(50);
    }

    private static void assertExactOrUnfit(StoredType storedType, long bits, BigInteger value) {
        StoredElements type = StoredElements.of(storedType);
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, bits);
        float[] nearest = new float[1];
        type.decode(bytes, nearest, 0, 1);
        assertThat(nearest[0]).isEqualTo(value.floatValue());
        boolean exact = new BigDecimal(nearest[0]).compareTo(new BigDecimal(value)) == 0;
        assertThat(type.firstUnfit(bytes, 1, false)).as("%s", value).isEqualTo(exact ? -1 : 0);
        assertThat(type.firstUnfit(bytes, 1, true)).isEqualTo(-1);
        assertThat(type.text(bytes, 0)).isEqualTo(value.toString());
        if (exact && type.holds(nearest[0])) {
            ByteBuffer back = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            type.encode(nearest, 0, 1, back);
            assertThat(back.getLong(0)).isEqualTo(bits);
        }
    }

    @Test
    void doublesAreExactOrUnfit() {
        StoredElements type = StoredElements.of(StoredType.F64);
        double[] values = {0, -0.0, 0.5, Double.NaN, Double.POSITIVE_INFINITY, 0x1p-149, 0x1p-150, 0.1, 1e300, 1e-300};
        ByteBuffer bytes = ByteBuffer.allocate(80);
        bytes.asDoubleBuffer().put(values);

        assertThat(type.firstUnfit(bytes, 6, false)).isEqualTo(-1);
        assertThat(type.firstUnfit(bytes, 10, false)).isEqualTo(6);
        assertThat(type.firstUnfit(bytes, 10, true))
                .as("beyond the range is no rounding")
                .isEqualTo(8);
        assertThat(type.text(bytes, 7)).isEqualTo("0.1");
    }

    @Test
    void aBooleanIsZeroOrOne() {
        StoredElements type = StoredElements.of(StoredType.BOOL);
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, 1, 2, -1});

        assertThat(type.firstUnfit(bytes, 2, false)).isEqualTo(-1);
        assertThat(type.firstUnfit(bytes, 4, true)).isEqualTo(2);
        assertThat(type.text(bytes, 3)).isEqualTo("255");
    }
}
