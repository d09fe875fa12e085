package dev.statedict.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The elements of one tensor written to another of the same shape and type. */
final class TensorCopy {
    private TensorCopy() {}

    /** Where the two overlap in one storage, the source counts as it was before the first write. */
    static void copy(Tensor source, Tensor target) {
        requireSameForm(source, target);
        // one arraycopy is right for any overlap, all else might read what it has written
        boolean plain = target.isContiguous() && source.isContiguous() && !target.isOnRows();
        copyApart(plain ? source : Sharing.unaffected(source, target), target);
    }

    /**
     * The same where the two do not overlap and no element of the target stands twice, which is not looked at again: for a
     * tensor on many rows that would take as long as the copy. To be done once, with all that it allocates made already;
     * null where it allocates nothing.
     */
    static @Nullable Runnable prepared(Tensor source, Tensor target) {
        requireSameForm(source, target);
        Runnable copy = ElementLoops.prepared(
                target.elementType().elements,
                source.storageOrRows(),
                source.layout(),
                target.storageOrRows(),
                target.layout());
        return copy != null || !(target.isOnRows() || source.isOnRows()) ? copy : () -> copyApart(source, target);
    }

    private static void copyApart(Tensor source, Tensor target) {
        ElementLoops.copy(
                target.elementType().elements,
                source.storageOrRows(),
                source.layout(),
                target.storageOrRows(),
                target.layout());
    }

    private static void requireSameForm(Tensor source, Tensor target) {
        if (!target.hasSameShapeAs(source)) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(target.shape())
                    + " cannot take the values of one of shape " + Arrays.toString(source.shape())
                    + "; the shapes must be equal");
        }
        if (target.elementType() != source.elementType()) {
            throw new IllegalArgumentException("a tensor of " + target.elementType()
                    + " cannot take the values of one of " + source.elementType() + "; convert it by to(ElementType."
                    + target.elementType() + ")");
        }
    }
}
