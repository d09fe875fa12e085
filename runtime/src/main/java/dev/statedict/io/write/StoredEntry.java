package dev.statedict.io.write;

import dev.statedict.StoredType;
import dev.statedict.io.element.ElementRuns;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.file.Names;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import org.jspecify.annotations.Nullable;

/**
 * A tensor to be written.
 *
 * @param key its key
 * @param tensor its elements
 * @param type as which to store them; it holds every one, or was asked for
 */
public record StoredEntry(String key, Tensor tensor, StoredType type) {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /**
     * A tensor to be stored as the type that it was stored as, if that holds every element, else as its own type.
     *
     * @param key its key
     * @param tensor its elements
     * @param remembered the type that it was stored as
     * @return the entry
     */
    public static StoredEntry of(String key, Tensor tensor, StoredType remembered) {
        StoredType own = StoredType.of(tensor.elementType());
        boolean fits = remembered == own || ElementRuns.holdsAll(tensor, StoredElements.of(remembered));
        return new StoredEntry(key, tensor, fits ? remembered : own);
    }

    /**
     * This entry, if it is of a floating-point type, as another one.
     *
     * @param requested the floating-point type, if any
     * @return this entry when nothing is to be changed
     * @throws IllegalArgumentException when an element is too large for the type
     */
    public StoredEntry as(@Nullable StoredType requested) {
        if (requested == null || !elements().isFloatingPoint()) {
            return this;
        }
        int beyond = ElementRuns.firstBeyond(tensor, StoredElements.of(requested));
        if (beyond >= 0) {
            throw new IllegalArgumentException(Names.quote(key) + " holds " + TENSORS.text(tensor, beyond)
                    + ", which is beyond the range of " + requested + "; store it as "
                    + StoredType.of(tensor.elementType()));
        }
        return new StoredEntry(key, tensor, requested);
    }

    /** {@return how the elements lie in bytes} */
    public StoredElements elements() {
        return StoredElements.of(type);
    }

    /** {@return the number of bytes that the elements take} */
    public long byteCount() {
        return (long) tensor.numel() * elements().size();
    }
}
