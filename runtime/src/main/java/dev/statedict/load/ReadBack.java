package dev.statedict.load;

import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What code of the user's assigned must be there afterwards: a success is true.
 *
 * @param key the member's key
 * @param given what it is to hold
 * @param before what it held
 * @param read reads it
 */
record ReadBack(
        String key, @Nullable Object given, @Nullable Object before, Supplier<? extends @Nullable Object> read) {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /** An assignment by code of the user's that came to nothing, or to something else. */
    static final class NotKept extends IllegalStateException {
        private static final long serialVersionUID = 1;

        NotKept(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    void check() {
        Object now;
        try {
            now = read.get();
        } catch (RuntimeException thrown) {
            throw new NotKept("Reading \"" + key + "\" back after it was assigned threw " + thrown + ".", thrown);
        }
        if (!isSame(given, now)) {
            throw new NotKept(
                    "Assigning \"" + key + "\" did not last: "
                            + (hasStorage(given)
                                    ? "what was given is not what is read back, as where one of the two is a copy;"
                                    : "it was given " + given + " and reads " + now + ";")
                            + " let the setter keep what it is given, and the accessor return it.",
                    null);
        }
    }

    private static boolean hasStorage(@Nullable Object value) {
        return value instanceof Tensor
                || value instanceof Optional<?>
                || value != null && value.getClass().isArray();
    }

    static boolean isSame(@Nullable Object given, @Nullable Object now) {
        if (given instanceof Tensor tensor && now instanceof Tensor other) {
            boolean empty = tensor.numel() == 0 && tensor.hasSameShapeAs(other);
            return empty || TieGroups.tied(tensor, other);
        }
        if (given instanceof Object[] rows && now instanceof Object[] others) {
            boolean same = rows.length == others.length;
            for (int i = 0; same && i < rows.length; i++) {
                same = isSame(rows[i], others[i]);
            }
            return same;
        }
        if (given != null
                && now != null
                && given.getClass().isArray()
                && now.getClass().isArray()) {
            return given == now || TENSORS.isEmpty(given) && TENSORS.isEmpty(now);
        }
        if (given instanceof Optional<?> optional && now instanceof Optional<?> other) {
            return isSame(optional.orElse(null), other.orElse(null));
        }
        return Objects.equals(given, now);
    }

    /** Whether it holds again what it held, or an equal. */
    boolean isUndone() {
        Object now = read.get();
        return isSame(before, now) || isEqual(before, now);
    }

    private static boolean isEqual(@Nullable Object before, @Nullable Object now) {
        if (before instanceof Optional<?> optional && now instanceof Optional<?> other) {
            return isEqual(optional.orElse(null), other.orElse(null));
        }
        return before instanceof Tensor tensor && now instanceof Tensor other
                ? tensor.contentEquals(other)
                : Objects.deepEquals(before, now);
    }
}
