package dev.statedict.tensor;

/**
 * A matrix or tensor class of the user's own, seen as a {@link Tensor}. A member of such a type stands wherever a
 * {@code Tensor} may: {@code @Parameter Matrix weight} has the key {@code weight} and the shape that this tells.
 *
 * {@snippet class="com.example.Matrix" region="as-tensor"}
 *
 * <p>Loading under {@code Policy.COPY} writes through that tensor into the object. Loading under {@code Policy.ALIAS} would
 * have to put another tensor in the object's place, which it cannot: that is an error, as it is for a {@code final} field.
 *
 * <p>A module is not seen as a tensor, and a class that is both is refused.
 */
public interface AsTensor {
    /**
     * This object as a tensor, on its own storage: what is written to the tensor shows in the object, and back. It may be a
     * new tensor each time, but not one on a copy.
     *
     * @return a tensor of the object's shape
     */
    Tensor asTensor();
}
