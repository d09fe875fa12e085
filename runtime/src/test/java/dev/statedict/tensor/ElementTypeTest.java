package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of tensors of each element type, and of going from one to another. */
class ElementTypeTest {

    private final double[] doubles = {1, 0.1, -3};
    private final int[] ints = {1, -2, Integer.MAX_VALUE};
    private final long[] longs = {1, -2, Long.MAX_VALUE};
    private final boolean[] booleans = {true, false, true};

    @Test
    void wrapSharesTheArrayAndTakesItsType() {
        Tensor f64 = Tensor.wrap(doubles, 3);
        Tensor i32 = Tensor.wrap(ints, 1, 3);
        Tensor i64 = Tensor.wrap(longs, 3, 1);
        Tensor bool = Tensor.wrap(booleans, 3);

        doubles[0] = 0.7;
        i32.setLong(5, 0, 1);
        longs[2] = 1L << 60;
        bool.set(1, 1);

        assertThat(f64.elementType()).isEqualTo(ElementType.F64);
        assertThat(f64.getDouble(0)).isEqualTo(0.7);
        assertThat(i32.elementType()).isEqualTo(ElementType.I32);
        assertThat(ints).containsExactly(1, 5, Integer.MAX_VALUE);
        assertThat(i64.elementType()).isEqualTo(ElementType.I64);
        assertThat(i64.getLong(2, 0)).isEqualTo(1L << 60);
        assertThat(bool.elementType()).isEqualTo(ElementType.BOOL);
        assertThat(booleans).containsExactly(true, true, true);
        assertThat(f64.sharesStorageWith(Tensor.wrap(doubles, 3, 1))).isTrue();
        assertThat(i32.sharesStorageWith(i64)).isFalse();
    }

    @Test
    void copyOfDoesNotShareTheArray() {
        Tensor[] copies = {
            Tensor.copyOf(doubles, 3), Tensor.copyOf(ints, 3), Tensor.copyOf(longs, 3), Tensor.copyOf(booleans, 3)
        };

        doubles[1] = ints[1] = 0;
        longs[1] = 0;
        booleans[1] = true;

        assertThat(copies[0].toDoubleArray()).containsExactly(1, 0.1, -3);
        assertThat(copies[1].toIntArray()).containsExactly(1, -2, Integer.MAX_VALUE);
        assertThat(copies[2].toLongArray()).containsExactly(1, -2, Long.MAX_VALUE);
        assertThat(copies[3].toBooleanArray()).containsExactly(true, false, true);
    }

    @Test
    void scalarsHaveTheTypeOfTheirValueButAnIntegerLiteralIsAFloat() {
        assertThat(Tensor.scalar(1).elementType()).isEqualTo(ElementType.F32);
        assertThat(Tensor.scalar(0.1).elementType()).isEqualTo(ElementType.F64);
        assertThat(Tensor.scalar(0.1).getDouble()).isEqualTo(0.1);
        assertThat(Tensor.scalar(true).elementType()).isEqualTo(ElementType.BOOL);
        assertThat(Tensor.scalar(true).item()).isEqualTo(1);
        assertThat(Tensor.scalarInt(7).elementType()).isEqualTo(ElementType.I32);
        assertThat(Tensor.scalarInt(7).item()).isEqualTo(7);
        assertThat(Tensor.scalarLong(Long.MIN_VALUE).elementType()).isEqualTo(ElementType.I64);
        assertThat(Tensor.scalarLong(Long.MIN_VALUE).getLong()).isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void zerosAreZerosOfAnyTypeAndViewsWriteThrough(ElementType type) {
        Tensor tensor = Tensor.zeros(type, 2, 3);

        tensor.select(1, 2).fill(1);
        tensor.set(1.0, 0, 0);

        assertThat(tensor.elementType()).isEqualTo(type);
        assertThat(tensor.transpose(0, 1).select(0, 0).elementType()).isEqualTo(type);
        assertThat(tensor.toArray()).containsExactly(1, 0, 1, 0, 0, 1);
        assertThat(tensor.toDoubleArray()).containsExactly(1, 0, 1, 0, 0, 1);
        assertThat(tensor.toIntArray()).containsExactly(1, 0, 1, 0, 0, 1);
        assertThat(tensor.toLongArray()).containsExactly(1, 0, 1, 0, 0, 1);
        assertThat(tensor.toBooleanArray()).containsExactly(true, false, true, false, false, true);
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeIsReadAsEveryNumberThatHoldsTheValue(ElementType type) {
        Tensor tensor = Tensor.zeros(type, 2);
        tensor.fillLong(1);

        assertThat(tensor.get(1)).isEqualTo(1);
        assertThat(tensor.getDouble(-1)).isEqualTo(1);
        assertThat(tensor.getLong(0)).isEqualTo(1);
        assertThat(tensor.narrow(0, 1, 1).item()).isEqualTo(1);
        for (ElementType other : ElementType.values()) {
            Tensor converted = tensor.to(other);
            assertThat(converted.elementType()).isEqualTo(other);
            assertThat(converted.to(type).contentEquals(tensor)).isTrue();
            assertThat(converted == tensor).isEqualTo(other == type);
        }
    }

    @Test
    void conversionKeepsWhatIsNoNumber() {
        float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.0f, Float.MIN_VALUE};
        Tensor tensor = Tensor.wrap(special, 5);

        Tensor there = tensor.to(ElementType.F64);

        assertThat(there.toDoubleArray())
                .containsExactly(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Float.MIN_VALUE);
        assertThat(there.to(ElementType.F32).contentEquals(tensor)).isTrue();
        assertThat(Tensor.scalar(-0.0f).to(ElementType.I32).getLong()).isZero();
    }

    @Test
    void conversionIsOfAnyViewAndSharesNothing() {
        Tensor view = Tensor.wrap(new int[] {1, 2, 3, 4, 5, 6}, 2, 3).transpose(0, 1);

        Tensor converted = view.to(ElementType.I64);

        assertThat(converted.shape()).containsExactly(3, 2);
        assertThat(converted.toLongArray()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(converted.isContiguous()).isTrue();
        assertThat(converted.sharesStorageWith(view)).isFalse();
    }

    @Test
    void conversionOfManyElementsTellsTheFirstThatDoesNotFit() {
        long[] many = new long[5000];
        many[4321] = 1L << 40;
        Tensor tensor = Tensor.wrap(many, 50, 100);

        inexact(
                () -> tensor.to(ElementType.I32),
                "the element at [43, 21] is 1099511627776, which I32 does not hold exactly; keep I64, or round first");
        assertThat(tensor.to(ElementType.F32).getDouble(43, 21)).isEqualTo(0x1p40);
    }

    @Test
    void whatDoesNotFitNamesTheMethodThatIsExact() {
        Tensor f64 = Tensor.wrap(doubles, 3, 1);
        inexact(
                () -> f64.get(1, 0),
                "the element at [1, 0] is 0.1, which F32 does not hold exactly; call getDouble(1, 0)");
        inexact(f64::toArray, "the element at [1, 0] is 0.1, which F32 does not hold exactly; call toDoubleArray()");
        inexact(
                () -> f64.getLong(-2, 0),
                "the element at [-2, 0] is 0.1, which I64 does not hold exactly; call getDouble(-2, 0)");
        inexact(
                f64.narrow(0, 1, 1)::item,
                "the element at [0, 0] is 0.1, which F32 does not hold exactly; call getDouble(0, 0)");
        inexact(
                Tensor.scalar(0.1)::item,
                "the element at [] is 0.1, which F32 does not hold exactly; call getDouble()");
        Tensor i64 = Tensor.wrap(longs, 3);
        inexact(
                () -> i64.getDouble(2),
                "the element at [2] is 9223372036854775807, which F64 does not hold exactly; call getLong(2)");
        inexact(
                i64::toIntArray,
                "the element at [2] is 9223372036854775807, which I32 does not hold exactly; call toLongArray()");
        inexact(
                () -> Tensor.wrap(ints, 3).toArray(),
                "the element at [2] is 2147483647, which F32 does not hold exactly; call toIntArray()");
        inexact(
                () -> Tensor.scalar(2).toBooleanArray(),
                "the element at [] is 2.0, which BOOL does not hold exactly; call toArray()");
        inexact(
                () -> Tensor.scalar(Float.NaN).getLong(),
                "the element at [] is NaN, which I64 does not hold exactly; call get()");
        inexact(
                () -> Tensor.scalar(0x1p63f).getLong(),
                "the element at [] is 9.223372E18, which I64 does not hold exactly; call get()");
        inexact(
                () -> Tensor.scalar(1e300).to(ElementType.F32),
                "the element at [] is 1.0E300, which F32 does not hold exactly; keep F64, or round first");
    }

    @Test
    void writingRoundsToFloatsAsInPyTorchAndToNothingElse() {
        Tensor f32 = Tensor.zeros(2);
        f32.set(0.1, 0);
        f32.set(Double.NEGATIVE_INFINITY, 1);
        assertThat(f32.toArray()).containsExactly(0.1f, Float.NEGATIVE_INFINITY);

        illegal(
                () -> f32.fill(1e300),
                "an element of F32 cannot be 1.0E300; convert the tensor by to, or round the value");
        illegal(
                () -> f32.fillLong((1 << 24) + 1),
                "an element of F32 cannot be 16777217; convert the tensor by to, or round the value");
        illegal(
                () -> Tensor.zeros(ElementType.I32, 1).set(0.5f, 0),
                "an element of I32 cannot be 0.5; convert the tensor by to, or round the value");
        illegal(
                () -> Tensor.zeros(ElementType.I32, 1).setLong(1L << 31, 0),
                "an element of I32 cannot be 2147483648; convert the tensor by to, or round the value");
        illegal(
                () -> Tensor.zeros(ElementType.I64, 1).fill(0x1p63),
                "an element of I64 cannot be 9.223372036854776E18; convert the tensor by to, or round the value");
        illegal(
                () -> Tensor.zeros(ElementType.BOOL, 1).setLong(2, 0),
                "an element of BOOL cannot be 2; convert the tensor by to, or round the value");
    }

    @Test
    void contentIsNeverEqualAcrossTypes() {
        Tensor one = Tensor.zeros(2);
        for (ElementType type : ElementType.values()) {
            assertThat(one.contentEquals(Tensor.zeros(type, 2))).isEqualTo(type == ElementType.F32);
        }
        assertThat(Tensor.scalar(Double.NaN).contentEquals(Tensor.scalar(Double.NaN)))
                .isTrue();
        assertThat(Tensor.scalar(0.0).contentEquals(Tensor.scalar(-0.0))).isFalse();
    }

    @Test
    void theFirstElementThatTheOtherTypeDoesNotHoldIsNamed() {
        Tensor halves = Tensor.wrap(new double[] {1, 0.5, 2}, 3);
        Tensor wholes = Tensor.wrap(new long[] {1, (1L << 53) + 1}, 2);

        for (ElementType type : List.of(ElementType.I32, ElementType.I64, ElementType.BOOL)) {
            assertThatThrownBy(() -> halves.to(type)).as("%s", type).hasMessageContaining("[1]");
        }
        for (ElementType type : List.of(ElementType.F32, ElementType.F64, ElementType.I32, ElementType.BOOL)) {
            assertThatThrownBy(() -> wholes.to(type)).as("%s", type).hasMessageContaining("[1]");
        }
    }

    @Test
    void whatLiesAtTheToleranceIsCloseAndNothingIsCloseToAnInfinity() {
        assertThat(Tensor.scalar(1.5).allClose(Tensor.scalar(1.0), 0, 0.5)).isTrue();
        assertThat(Tensor.scalar(3.0).allClose(Tensor.scalar(2.0), 0.5, 0)).isTrue();
        assertThat(Tensor.scalar(Double.POSITIVE_INFINITY).allClose(Tensor.scalar(1.0), 0, Double.POSITIVE_INFINITY))
                .isFalse();
    }

    @Test
    void allCloseIsOfOneType() {
        illegal(
                () -> Tensor.zeros(1).allClose(Tensor.zeros(ElementType.F64, 1)),
                "a tensor of F32 is not compared with one of F64; convert one by to(ElementType.F32)");
        assertThat(Tensor.scalar(1.0).allClose(Tensor.scalar(1.000009))).isTrue();
        assertThat(Tensor.scalar(1.0).allClose(Tensor.scalar(1.00002))).isFalse();
        // equal as floats, not as doubles
        assertThat(Tensor.scalar(1.0).allClose(Tensor.scalar(1.00000001), 0, 1e-9))
                .isFalse();
        assertThat(Tensor.scalarInt(100_000).allClose(Tensor.scalarInt(100_001)))
                .isTrue();
        assertThat(Tensor.scalarInt(10).allClose(Tensor.scalarInt(11))).isFalse();
        // as in PyTorch, which computes in float32
        assertThat(Tensor.scalarLong(1 << 24).allClose(Tensor.scalarLong((1 << 24) + 1), 0, 0.5))
                .isTrue();
        assertThat(Tensor.scalar(true).allClose(Tensor.scalar(false))).isFalse();
        assertThat(Tensor.scalar(true).allClose(Tensor.scalar(true))).isTrue();
    }

    @Test
    void storageIsTheArrayOfF32Alone() {
        assertThatThrownBy(Tensor.wrap(doubles, 3)::storage)
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("a tensor of F64 does not lie on a float[]; getDouble and toDoubleArray read it,"
                        + " set and copyFrom write it");
    }

    @Test
    void copyFromDoesNotConvert() {
        illegal(
                () -> Tensor.zeros(3).copyFrom(Tensor.wrap(doubles, 3)),
                "a tensor of F32 cannot take the values of one of F64; convert it by to(ElementType.F32)");
    }

    @Test
    void arithmeticIsOnF32() {
        illegal(
                () -> TensorMath.softmax(Tensor.wrap(doubles, 3)),
                "arithmetic is on F32 tensors, not on F64; write to(ElementType.F32), or compute on the array that the"
                        + " tensor wraps");
        illegal(
                () -> TensorMath.add(Tensor.zeros(3), Tensor.wrap(ints, 3)),
                "arithmetic is on F32 tensors, not on I32; write to(ElementType.F32), or compute on the array that the"
                        + " tensor wraps");
    }

    private static void inexact(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isExactlyInstanceOf(ArithmeticException.class).hasMessage(message);
    }

    private static void illegal(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
