package dev.statedict.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TensorErrorsTest {

    private final float[] six = new float[6];
    private final Tensor matrix = Tensor.wrap(six, 2, 3);

    @Test
    void anArrayOfAnotherLengthThanTheShape() {
        illegalArgument(
                () -> Tensor.wrap(six, 2, 2),
                "an array of length 6 does not fit shape [2, 2], which has 4 elements; give one of length 4, or another shape");
        illegalArgument(
                () -> Tensor.copyOf(six, 1),
                "an array of length 6 does not fit shape [1], which has 1 element; give one of length 1, or another shape");
    }

    @Test
    void anArrayWithoutAShape() {
        illegalArgument(
                () -> Tensor.wrap(six),
                "an array of length 6 does not fit shape [], which is 0-d and has 1 element; write Tensor.wrap(array, 6)");
        illegalArgument(
                () -> Tensor.copyOf(new float[0]),
                "an array of length 0 does not fit shape [], which is 0-d and has 1 element; write Tensor.copyOf(array, 0)");
    }

    @Test
    void aNegativeSize() {
        illegalArgument(
                () -> Tensor.zeros(2, -1),
                "shape [2, -1] has the negative size -1 in dimension 1; a size is zero or more");
    }

    @Test
    void aShapeBeyondAnArray() {
        String message = "shape [65536, 65536] is too large: its nonzero sizes multiply to more than 2147483647,"
                + " the most elements that an array can have; use several tensors";
        illegalArgument(() -> Tensor.zeros(65536, 65536), message);
        illegalArgument(() -> Tensor.wrap(six, 65536, 65536), message);
        illegalArgument(() -> Tensor.strided(six, 0, new int[] {65536, 65536}, new int[] {0, 0}), message);
        illegalArgument(
                () -> Tensor.zeros(0, Integer.MAX_VALUE, Integer.MAX_VALUE),
                "shape [0, 2147483647, 2147483647] is too large: its nonzero sizes multiply to more than"
                        + " 2147483647, the most elements that an array can have; use several tensors");
    }

    @Test
    void aLayoutOutsideOfItsStorage() {
        illegalArgument(
                () -> Tensor.strided(six, 0, new int[] {2, 3}, new int[] {4, 1}),
                "offset 0, shape [2, 3] and strides [4, 1] reach outside of a storage of 6 elements");
        illegalArgument(
                () -> Tensor.strided(six, -1, new int[] {1}, new int[] {1}),
                "offset -1, shape [1] and strides [1] reach outside of a storage of 6 elements");
        illegalArgument(
                () -> Tensor.strided(new float[5], 0, new int[] {2, 3}, new int[] {3, 1}),
                "offset 0, shape [2, 3] and strides [3, 1] reach outside of a storage of 5 elements");
        illegalArgument(
                () -> Tensor.strided(six, 6, new int[0], new int[0]),
                "offset 6, shape [] and strides [] reach outside of a storage of 6 elements");
        illegalArgument(
                () -> Tensor.strided(six, 0, new int[] {3, 3}, new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE}),
                "offset 0, shape [3, 3] and strides [2147483647, 2147483647] reach outside of a storage of 6 elements");
        illegalArgument(
                () -> Tensor.strided(six, 0, new int[] {3, 0}, new int[] {Integer.MAX_VALUE, 1}),
                "offset 0, shape [3, 0] and strides [2147483647, 1] reach outside of a storage of 6 elements");
    }

    @Test
    void aStrideForEachDimension() {
        illegalArgument(
                () -> Tensor.strided(six, 0, new int[] {2, 3}, new int[] {1}),
                "shape [2, 3] and strides [1] differ in length; give one stride for each dimension");
        illegalArgument(
                () -> Tensor.strided(six, 5, new int[] {6}, new int[] {-1}),
                "strides [-1] hold a negative one; a stride is zero or more");
    }

    @Test
    void anIndexOutOfRange() {
        outOfBounds(
                () -> matrix.get(0, 3),
                "index 3 is out of range for dimension 1 of shape [2, 3]; indices run from -3 to 2");
        outOfBounds(
                () -> matrix.set(1, -3, 0),
                "index -3 is out of range for dimension 0 of shape [2, 3]; indices run from -2 to 1");
        outOfBounds(
                () -> matrix.select(-1, 3),
                "index 3 is out of range for dimension 1 of shape [2, 3]; indices run from -3 to 2");
        outOfBounds(
                () -> Tensor.zeros(0).get(0), "index 0 is out of range for dimension 0 of shape [0], which is empty");
    }

    @Test
    void moreOrFewerIndicesThanDimensions() {
        illegalArgument(() -> matrix.get(1), "indices [1] do not fit shape [2, 3]; give one index for each dimension");
        illegalArgument(() -> matrix.set(5), "indices [] do not fit shape [2, 3]; give one index for each dimension");
        illegalArgument(
                () -> Tensor.scalar(1).get(0), "indices [0] do not fit shape []; give one index for each dimension");
    }

    @Test
    void aDimensionOutOfRange() {
        String message = "dimension 2 is out of range for shape [2, 3]; dimensions run from -2 to 1";
        outOfBounds(() -> matrix.size(2), message);
        outOfBounds(() -> matrix.stride(2), message);
        outOfBounds(() -> matrix.select(2, 0), message);
        outOfBounds(() -> matrix.narrow(2, 0, 1), message);
        outOfBounds(() -> matrix.transpose(0, 2), message);
        outOfBounds(
                () -> matrix.size(-3), "dimension -3 is out of range for shape [2, 3]; dimensions run from -2 to 1");
        outOfBounds(
                () -> Tensor.scalar(1).select(0, 0),
                "dimension 0 is out of range for shape [], which has no dimensions");
    }

    @Test
    void aRangeThatDoesNotFit() {
        outOfBounds(() -> matrix.narrow(1, 2, 2), "start 2 and length 2 do not fit dimension 1 of shape [2, 3]");
        outOfBounds(() -> matrix.narrow(-1, -4, 1), "start -4 and length 1 do not fit dimension 1 of shape [2, 3]");
        outOfBounds(() -> matrix.narrow(0, 0, -1), "start 0 and length -1 do not fit dimension 0 of shape [2, 3]");
        outOfBounds(
                () -> matrix.narrow(0, 2, Integer.MAX_VALUE),
                "start 2 and length 2147483647 do not fit dimension 0 of shape [2, 3]");
    }

    @Test
    void anotherNumberOfElements() {
        illegalArgument(() -> matrix.reshape(4), "cannot reshape [2, 3] to [4]: 6 elements are not 4");
        illegalArgument(
                () -> matrix.reshape(4, -1), "cannot reshape [2, 3] to [4, -1]: 6 elements are no multiple of 4");
        illegalArgument(
                () -> matrix.reshape(0, -1), "cannot reshape [2, 3] to [0, -1]: 6 elements are no multiple of 0");
        illegalArgument(
                () -> Tensor.zeros(0).reshape(0, -1),
                "cannot reshape [0] to [0, -1]: beside a zero any size will do; write it instead of -1");
        illegalArgument(
                () -> matrix.reshape(-1, -1),
                "cannot reshape [2, 3] to [-1, -1]: only one size can be inferred; write one -1 at most");
        illegalArgument(
                () -> matrix.reshape(-2, 3),
                "shape [-2, 3] has the negative size -2 in dimension 0; a size is zero or more");
    }

    @Test
    void aReshapeThatWouldHaveToCopy() {
        illegalArgument(
                () -> matrix.transpose(0, 1).reshape(2, -1),
                "cannot view shape [3, 2] with strides [1, 3] as [2, 3]: no strides reach its elements in this order;"
                        + " write contiguous().reshape(2, 3), which copies");
    }

    @Test
    void aSourceOfAnotherShape() {
        illegalArgument(
                () -> matrix.copyFrom(Tensor.zeros(3)),
                "a tensor of shape [2, 3] cannot take the values of one of shape [3]; the shapes must be equal");
    }

    @Test
    void itemOfSeveralElements() {
        assertThatThrownBy(matrix::item)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("shape [2, 3] has 6 elements, not one; name the element with get");
    }

    @Test
    void aNegativeTolerance() {
        illegalArgument(
                () -> matrix.allClose(matrix, -1e-5, 0),
                "tolerances must be zero or more, not rtol -1.0E-5 and atol 0.0");
        illegalArgument(
                () -> matrix.allClose(matrix, 0, Double.NaN),
                "tolerances must be zero or more, not rtol 0.0 and atol NaN");
    }

    private static void illegalArgument(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static void outOfBounds(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage(message);
    }
}
