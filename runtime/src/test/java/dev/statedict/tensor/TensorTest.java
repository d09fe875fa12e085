package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TensorTest {

    private static final float NAN = Float.NaN;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private final float[] six = {1, 2, 3, 4, 5, 6};

    @Test
    void anEmptyTensorMayBeAsLongAsAnIntCounts() {
        assertThat(Tensor.zeros(Integer.MAX_VALUE, 0).numel()).isZero();
    }

    @Test
    void zerosMakesAContiguousTensorOfZeros() {
        Tensor tensor = Tensor.zeros(2, 3);

        assertThat(tensor.shape()).containsExactly(2, 3);
        assertThat(tensor.strides()).containsExactly(3, 1);
        assertThat(tensor.storageOffset()).isZero();
        assertThat(tensor.isContiguous()).isTrue();
        assertThat(tensor.toArray()).containsExactly(0, 0, 0, 0, 0, 0);
    }

    @Test
    void wrapSharesTheArray() {
        Tensor tensor = Tensor.wrap(six, 2, 3);

        six[4] = 50;
        tensor.set(60, 1, 2);

        assertThat(tensor.storage()).isSameAs(six);
        assertThat(tensor.get(1, 1)).isEqualTo(50);
        assertThat(six[5]).isEqualTo(60);
    }

    @Test
    void copyOfDoesNotShareTheArray() {
        Tensor tensor = Tensor.copyOf(six, 3, 2);

        six[0] = 10;
        tensor.set(60, 2, 1);

        assertThat(tensor.toArray()).containsExactly(1, 2, 3, 4, 5, 60);
        assertThat(six[5]).isEqualTo(6);
    }

    @Test
    void stridedSeesAnyLayoutOfTheArray() {
        Tensor everySecond = Tensor.strided(six, 1, new int[] {3}, new int[] {2});
        Tensor repeated = Tensor.strided(six, 3, new int[] {2, 2}, new int[] {0, 1});

        assertThat(everySecond.toArray()).containsExactly(2, 4, 6);
        assertThat(everySecond.storage()).isSameAs(six);
        assertThat(everySecond.storageOffset()).isEqualTo(1);
        assertThat(repeated.toArray()).containsExactly(4, 5, 4, 5);
    }

    @Test
    void noDimensionsMeansOneElement() {
        Tensor scalar = Tensor.scalar(2.5f);
        Tensor zero = Tensor.zeros();
        Tensor wrapped = Tensor.wrap(new float[] {7});

        assertThat(scalar.dim()).isZero();
        assertThat(scalar.numel()).isEqualTo(1);
        assertThat(scalar.get()).isEqualTo(2.5f);
        assertThat(zero.toArray()).containsExactly(0);
        assertThat(wrapped.item()).isEqualTo(7);
        wrapped.set(8);
        assertThat(wrapped.storage()).containsExactly(8);
    }

    @Test
    void anEmptyTensorHasAShapeButNoElements() {
        Tensor empty = Tensor.zeros(0, 3);

        empty.fill(1);
        empty.copyFrom(Tensor.wrap(new float[0], 0, 3));

        assertThat(empty.shape()).containsExactly(0, 3);
        assertThat(empty.numel()).isZero();
        assertThat(empty.toArray()).isEmpty();
        assertThat(empty.isContiguous()).isTrue();
        assertThat(empty.contentEquals(Tensor.zeros(0, 3))).isTrue();
        assertThat(empty.contentEquals(Tensor.zeros(3, 0))).isFalse();
        assertThat(empty.copy().shape()).containsExactly(0, 3);
    }

    @Test
    void anEmptyTensorMayLieAnywhere() {
        Tensor empty = Tensor.strided(six, 100, new int[] {2, 0}, new int[] {5, 5});

        assertThat(empty.toArray()).isEmpty();
        assertThat(empty.select(0, 1).copy().shape()).containsExactly(0);
        empty.fill(1);
        empty.copyFrom(Tensor.zeros(2, 0));
        assertThat(empty.allClose(Tensor.zeros(2, 0))).isTrue();
    }

    @Test
    void nothingThatIsGivenOrHandedOutChangesTheLayout() {
        int[] shape = {2, 3};
        int[] strides = {3, 1};
        Tensor zeros = Tensor.zeros(shape);
        Tensor strided = Tensor.strided(six, 0, shape, strides);
        shape[0] = 100;
        strides[0] = 100;

        zeros.shape()[0] = 100;
        strided.strides()[0] = 100;

        assertThat(zeros.shape()).containsExactly(2, 3);
        assertThat(strided.shape()).containsExactly(2, 3);
        assertThat(strided.strides()).containsExactly(3, 1);
    }

    @Test
    void negativeDimensionsAndIndicesCountFromTheEnd() {
        Tensor tensor = Tensor.wrap(six, 2, 3);

        assertThat(tensor.size(-1)).isEqualTo(3);
        assertThat(tensor.stride(-2)).isEqualTo(3);
        assertThat(tensor.get(-1, -3)).isEqualTo(4);
        tensor.set(70, -2, -1);
        assertThat(six[2]).isEqualTo(70);
    }

    @Test
    void itemIsTheOneElementOfAnyShape() {
        assertThat(Tensor.wrap(six, 2, 3).narrow(0, 1, 1).narrow(1, 1, 1).item())
                .isEqualTo(5);
    }

    @Test
    void copyFromWritesInPlaceForEveryTensorOnTheStorage() {
        Tensor tensor = Tensor.zeros(3, 2);
        Tensor view = tensor.select(1, 1);

        tensor.copyFrom(Tensor.wrap(six, 2, 3).transpose(0, 1));

        assertThat(tensor.toArray()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(view.toArray()).containsExactly(4, 5, 6);
    }

    @Test
    void copyFromOfVeryManyElementsWritesEachOfThem() {
        int count = (1 << 23) + 12_345; // several threads, and a piece that is not whole
        Tensor source = Tensor.zeros(count + 7);
        for (int i = 0; i < source.numel(); i++) {
            source.storage()[i] = i;
        }
        Tensor target = Tensor.zeros(count + 5);

        target.narrow(0, 3, count).copyFrom(source.narrow(0, 7, count));

        assertThat(Arrays.equals(target.storage(), 3, count + 3, source.storage(), 7, count + 7))
                .isTrue();
        assertThat(new float[] {target.get(2), target.get(count + 3)}).containsOnly(0);

        source.narrow(0, 1, count).copyFrom(source.narrow(0, 0, count));
        assertThat(new float[] {source.get(0), source.get(1), source.get(count), source.get(count + 1)})
                .containsExactly(0, 0, count - 1, count + 1);
    }

    @Test
    void copyFromReadsWhatWasThereBeforeItWrote() {
        Tensor square = Tensor.copyOf(new float[] {1, 2, 3, 4}, 2, 2);
        square.copyFrom(square.transpose(0, 1));
        assertThat(square.toArray()).containsExactly(1, 3, 2, 4);

        Tensor line = Tensor.wrap(six, 6);
        line.narrow(0, 1, 5).copyFrom(line.narrow(0, 0, 5));
        assertThat(six).containsExactly(1, 1, 2, 3, 4, 5);

        // only the last of the one is the first of the other
        int[] two = {2};
        Tensor.strided(six, 2, two, two).copyFrom(Tensor.strided(six, 0, two, two));
        assertThat(six).containsExactly(1, 1, 1, 3, 2, 5);
    }

    @Test
    void copyFromKeepsEveryKindOfValue() {
        float[] values = {NAN, INFINITY, -INFINITY, -0.0f, Float.MIN_VALUE, Float.MAX_VALUE};
        Tensor target = Tensor.zeros(6);

        target.copyFrom(Tensor.wrap(values, 6));

        assertThat(target.contentEquals(Tensor.wrap(values, 6))).isTrue();
        assertThat(Float.floatToRawIntBits(target.get(3))).isEqualTo(0x80000000);
    }

    @Test
    void equalsIsIdentity() {
        Tensor tensor = Tensor.wrap(six, 6);

        assertThat(tensor).isEqualTo(tensor).isNotEqualTo(Tensor.wrap(six, 6));
    }

    @Test
    void contentEqualsComparesShapeAndValuesWhereverTheyLie() {
        Tensor tensor = Tensor.wrap(six, 2, 3);
        Tensor elsewhere = Tensor.wrap(new float[] {1, 4, 2, 5, 3, 6}, 3, 2).transpose(0, 1);

        assertThat(tensor.contentEquals(elsewhere)).isTrue();
        assertThat(elsewhere.contentEquals(tensor)).isTrue();
        assertThat(tensor.contentEquals(Tensor.wrap(six, 3, 2))).isFalse();
        elsewhere.set(0, 1, 2);
        assertThat(tensor.contentEquals(elsewhere)).isFalse();
        assertThat(tensor.contentEquals(elsewhere.copy())).isFalse();
    }

    @Test
    void contentEqualsTakesNanForNanAndTellsTheZerosApart() {
        float[] special = {NAN, 0.0f};
        Tensor tensor = Tensor.wrap(special, 2);
        Tensor strided = Tensor.strided(new float[] {NAN, 5, 0.0f}, 0, new int[] {2}, new int[] {2});

        assertThat(tensor.contentEquals(tensor.copy())).isTrue();
        assertThat(tensor.contentEquals(strided)).isTrue();
        special[1] = -0.0f;
        assertThat(tensor.contentEquals(Tensor.wrap(new float[] {NAN, 0.0f}, 2)))
                .isFalse();
        assertThat(tensor.contentEquals(strided)).isFalse();
    }

    @Test
    void allCloseToleratesWhatPyTorchTolerates() {
        assertThat(close(1, 1.000009f)).isTrue();
        assertThat(close(1, 1.00002f)).isFalse();
        assertThat(close(0, 1e-8f)).isTrue();
        assertThat(close(0, 1.1e-8f)).isFalse();
        assertThat(close(0.0f, -0.0f)).isTrue();
        assertThat(close(INFINITY, INFINITY)).isTrue();
        assertThat(close(INFINITY, -INFINITY)).isFalse();
        assertThat(close(1, INFINITY)).isFalse();
        assertThat(close(NAN, NAN)).isFalse();
    }

    @Test
    void allCloseTakesToleranceRelativeToTheOther() {
        Tensor ten = Tensor.scalar(10);
        Tensor eleven = Tensor.scalar(11);

        assertThat(ten.allClose(eleven, 0.095, 0)).isTrue();
        assertThat(eleven.allClose(ten, 0.095, 0)).isFalse();
        assertThat(eleven.allClose(ten, 0, 1)).isTrue();
        assertThat(eleven.allClose(ten, 0, 0.5)).isFalse();
    }

    @Test
    void tensorsOfDifferentShapesAreNotClose() {
        assertThat(Tensor.zeros(3).allClose(Tensor.zeros(1, 3))).isFalse();
    }

    @Test
    void tensorsShareStorageWhenTheirArrayIsTheSame() {
        Tensor tensor = Tensor.wrap(six, 2, 3);

        assertThat(tensor.sharesStorageWith(tensor.select(0, 1))).isTrue();
        assertThat(tensor.sharesStorageWith(Tensor.wrap(six, 6))).isTrue();
        assertThat(tensor.sharesStorageWith(Tensor.copyOf(six, 2, 3))).isFalse();
    }

    @Test
    void sameLayoutMeansOffsetShapeAndStrides() {
        Tensor tensor = Tensor.zeros(2, 2);

        assertThat(tensor.hasSameLayoutAs(Tensor.zeros(2, 2))).isTrue();
        assertThat(tensor.hasSameLayoutAs(tensor.transpose(0, 1))).isFalse();
        assertThat(tensor.hasSameLayoutAs(tensor.reshape(4))).isFalse();
        assertThat(tensor.select(0, 0).hasSameLayoutAs(tensor.select(0, 1))).isFalse();
    }

    @Test
    void sameShapeMeansTheSameSizes() {
        assertThat(Tensor.zeros(2, 3).hasSameShapeAs(Tensor.zeros(3, 2).transpose(0, 1)))
                .isTrue();
        assertThat(Tensor.zeros().hasSameShapeAs(Tensor.zeros(1))).isFalse();
    }

    private static boolean close(float a, float b) {
        return Tensor.scalar(a).allClose(Tensor.scalar(b));
    }
}
