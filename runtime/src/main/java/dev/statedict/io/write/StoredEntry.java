package dev.statedict.io.write;

import dev.statedict.StoredType;
import dev.statedict.io.element.ElementRuns;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.file.Names;
import dev.statedict.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A tensor to be written.
 *
 * @param key its key
 * @param tensor its elements
 * @param type as which to store them; it holds every one, or was asked for
 */
public record StoredEntry(String key, Tensor tensor, StoredType type) {
    /**
     * A tensor to be stored as the type that it was stored as, if that holds every element, else as float32.
     *
     * @param key its key
     * @param tensor its elements
     * @param remembered the type that it was stored as
     * @return the entry
     */
    public static StoredEntry of(String key, Tensor tensor, StoredType remembered) {
        return new StoredEntry(key, tensor, holdsAll(remembered, tensor) ? remembered : StoredType.F32);
    }

    /**
     * This entry, if it is of a floating-point type, as another one.
     *
     * @param requested the floating-point type, if any
     * @return this entry when nothing is to be changed
     * @throws IllegalArgumentException when a finite element would become an infinity
     */
    public StoredEntry as(@Nullable StoredType requested) {
        if (requested == null || !elements().isFloatingPoint()) {
            return this;
        }
        StoredElements other = StoredElements.of(requested);
        ElementRuns.forEach(tensor, (elements, at, count) -> {
            for (int i = at; i < at + count; i++) {
                if (!other.reaches(elements[i])) {
                    throw new IllegalArgumentException(Names.quote(key) + " holds " + elements[i]
                            + ", which is beyond the range of " + requested + "; store it as F32");
                }
            }
        });
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

    private static boolean holdsAll(StoredType storedType, Tensor tensor) {
        if (storedType == StoredType.F32 || storedType == StoredType.F64) {
            return true;
        }
        StoredElements type = StoredElements.of(storedType);
        boolean[] all = {true};
        ElementRuns.forEach(tensor, (elements, at, count) -> {
            for (int i = at; i < at + count && all[0]; i++) {
                all[0] = type.holds(elements[i]);
            }
        });
        return all[0];
    }
}
