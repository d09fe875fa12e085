package dev.statedict.io.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StoredType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StoredElementsTest {
    /** Values of the type in memory, among them the least and the greatest that the type holds, or nearly so. */
    private static Object values(StoredType type) {
        return switch (StoredElements.of(type).inMemory()) {
            case F64 -> new double[] {0, -0.0, 0.1, 1e300, Double.MIN_VALUE, Double.NEGATIVE_INFINITY};
            case F32 -> new float[] {1, 0.5f, -0.25f, 2, -1.5f, 48};
            case I64 ->
                type == StoredType.U32
                        ? new long[] {0, 1, 0xffffffffL, 0x80000000L}
                        : new long[] {Long.MAX_VALUE, 1L << 53, (1L << 53) + 1, 0};
            case I32 ->
                switch (type) {
                    case I32 -> new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1};
                    case I16 -> new int[] {Short.MIN_VALUE, Short.MAX_VALUE, 0, -1};
                    case I8 -> new int[] {-128, 127, 0, -1};
                    case U16 -> new int[] {0, 65535, 32768, 1};
                    default -> new int[] {0, 255, 128, 1};
                };
            case BOOL -> new boolean[] {true, false, true};
        };
    }

    @ParameterizedTest
    @EnumSource(StoredType.class)
    void whatATypeHoldsComesBackInEitherByteOrder(StoredType storedType) {
        StoredElements type = StoredElements.of(storedType);
        Object values = values(storedType);
        int count = Array.getLength(values) - 1;

        assertThat(type.firstLost(values, 1, count)).isEqualTo(-1);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            ByteBuffer bytes = ByteBuffer.allocate(count * type.size()).order(order);
            type.encode(values, 1, count, bytes);
            assertThat(type.firstUnfit(bytes, count)).isEqualTo(-1);
            Object back = Array.newInstance(values.getClass().getComponentType(), count + 1);
            Array.set(back, 0, Array.get(values, 0));
            type.decode(bytes, back, 1, count);
            assertThat(back).isEqualTo(values);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "F16, -1, 65536",
        "F16, -1, 2049",
        "BF16, 0.5, 257",
        "F8_E4M3, 448, 449",
        "F8_E5M2, 57344, 9",
        "F8_E4M3FNUZ, 240, -0.0",
        "F8_E5M2FNUZ, 57344, -0.0",
        "I16, 32767, 32768",
        "I16, -32768, -32769",
        "I8, -128, 128",
        "U16, 65535, -1",
        "U8, 255, 256",
        "U32, 4294967295, 4294967296",
        "U32, 0, -1",
        "U64, 9223372036854775807, -1",
    })
    void theFirstValueThatATypeDoesNotHoldIsFound(StoredType storedType, String held, String lost) {
        StoredElements type = StoredElements.of(storedType);
        Object values = switch (type.inMemory()) {
            case F32 -> new float[] {0, Float.parseFloat(held), Float.parseFloat(lost), 0};
            case I32 -> new int[] {0, Integer.parseInt(held), Integer.parseInt(lost), 0};
            default -> new long[] {0, Long.parseLong(held), Long.parseLong(lost), 0};
        };

        assertThat(type.firstLost(values, 0, 2)).isEqualTo(-1);
        assertThat(type.firstLost(values, 1, 3)).isEqualTo(2);
    }

    @Test
    void anUnsignedLongThatNoLongHoldsIsFound() {
        StoredElements type = StoredElements.of(StoredType.U64);
        ByteBuffer bytes = ByteBuffer.allocate(16).putLong(0, Long.MAX_VALUE).putLong(8, -1);

        assertThat(type.firstUnfit(bytes, 1)).isEqualTo(-1);
        assertThat(type.firstUnfit(bytes, 2)).isEqualTo(1);
        assertThat(type.text(bytes, 1)).isEqualTo("18446744073709551615");
    }

    /** Every code, or many, and floats that lie on or beside each middle: from PyTorch. */
    @Test
    void smallFloatsAreConvertedAsByPytorch() throws IOException {
        try (InputStream resource =
                StoredElementsTest.class.getResourceAsStream("/dev/statedict/io/small-floats.txt")) {
            List<String> lines = new String(resource.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            assertThat(lines).hasSize(6 * 3);
            for (int line = 0; line < lines.size(); line += 3) {
                SmallFloatElements type = SmallFloatElements.valueOf(lines.get(line));
                for (String pair : lines.get(line + 1).split(" ")) {
                    String[] parts = pair.split(":");
                    float decoded = type.toFloat(Integer.parseInt(parts[0], 16));
                    String bits = String.format("%08x", Float.floatToRawIntBits(decoded));
                    assertThat(Float.isNaN(decoded) ? "nan" : bits)
                            .as("%s of code %s", type, parts[0])
                            .isEqualTo(parts[1]);
                }
                for (String pair : lines.get(line + 2).split(" ")) {
                    String[] parts = pair.split(":");
                    float value = Float.intBitsToFloat(Integer.parseUnsignedInt(parts[0], 16));
                    int expected = Integer.parseInt(parts[1], 16);
                    if (Float.isNaN(value)) {
                        assertThat(type.toFloat(type.fromFloat(value))).isNaN();
                    } else {
                        assertThat(type.fromFloat(value))
                                .as("%s of %s", type, value)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SmallFloatElements.class)
    void everyCodeComesBackNansWithTheirPayloads(SmallFloatElements type) {
        for (int code = 0; code < 1 << 8 * type.size(); code++) {
            assertThat(type.fromFloat(type.toFloat(code))).isEqualTo(code);
        }
    }

    @Test
    void everyHalfIsItsValueAsAFloatAndComesBack() {
        for (int half = 0; half <= 0xffff; half++) {
            int exponent = half >> 10 & 0x1f;
            int fraction = half & 0x3ff;
            float value = SmallFloatElements.F16.toFloat(half);
            if (exponent == 31 && fraction != 0) {
                assertThat(value).isNaN();
                continue;
            }
            double magnitude = exponent == 31
                    ? Double.POSITIVE_INFINITY
                    : exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.scalb(1.0, exponent - 25);
            assertThat(value).isEqualTo((float) (half < 0x8000 ? magnitude : -magnitude));
            assertThat(SmallFloatElements.F16.fromFloat(value)).isEqualTo(half);
        }
    }

    @Test
    void aFloatRoundsToTheNearestHalfTiesToEven() {
        for (int half = 0; half < 0x7bff; half++) {
            double low = SmallFloatElements.F16.toFloat(half);
            double high = SmallFloatElements.F16.toFloat(half + 1);
            float middle = (float) ((low + high) / 2);
            assertThat(SmallFloatElements.F16.fromFloat(middle)).isEqualTo((half % 2 == 0 ? half : half + 1));
            assertThat(SmallFloatElements.F16.fromFloat(Math.nextDown(middle))).isEqualTo(half);
            assertThat(SmallFloatElements.F16.fromFloat(Math.nextUp(middle))).isEqualTo((half + 1));
        }
        assertThat(SmallFloatElements.F16.fromFloat(Math.nextDown(65520f))).isEqualTo(0x7bff);
        assertThat(SmallFloatElements.F16.fromFloat(65520f)).isEqualTo(0x7c00);
        assertThat(SmallFloatElements.F16.fromFloat(-Float.MAX_VALUE)).isEqualTo(0xfc00);
    }

    @Test
    void aFloatRoundsToTheNearestBrainFloatTiesToEven() {
        for (int upper = 0; upper < 0x7f7f; upper++) {
            int middle = upper << 16 | 0x8000;
            assertThat(SmallFloatElements.BF16.fromFloat(Float.intBitsToFloat(middle)))
                    .isEqualTo((upper % 2 == 0 ? upper : upper + 1));
            assertThat(SmallFloatElements.BF16.fromFloat(Float.intBitsToFloat(middle - 1)))
                    .isEqualTo(upper);
            assertThat(SmallFloatElements.BF16.fromFloat(Float.intBitsToFloat(middle + 1)))
                    .isEqualTo((upper + 1));
        }
        assertThat(SmallFloatElements.BF16.fromFloat(Float.MAX_VALUE)).isEqualTo(0x7f80);
    }

    @Test
    void nanStaysNanWhateverItsPayload() {
        for (int bits : new int[] {0x7f800001, 0xff800001, 0x7fffffff, 0x7fc00000, 0x7f801000}) {
            float nan = Float.intBitsToFloat(bits);
            assertThat(SmallFloatElements.F16.toFloat(SmallFloatElements.F16.fromFloat(nan)))
                    .isNaN();
            assertThat(SmallFloatElements.BF16.toFloat(SmallFloatElements.BF16.fromFloat(nan)))
                    .isNaN();
        }
    }

    @Test
    void aBooleanIsZeroOrOne() {
        StoredElements type = StoredElements.of(StoredType.BOOL);
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, 1, 2, -1});

        assertThat(type.firstUnfit(bytes, 2)).isEqualTo(-1);
        assertThat(type.firstUnfit(bytes, 4)).isEqualTo(2);
        assertThat(type.text(bytes, 3)).isEqualTo("255");
    }
}
