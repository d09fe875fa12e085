package dev.statedict;

import dev.statedict.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** One entry of what a load was given: as it stands in a dict, or changed on the way to the module. */
sealed interface SourceEntry permits StateEntry, SourceEntry.Changed {
    /** The key in the map that the caller gave. */
    String givenKey();

    /** The key in the module's terms. */
    String key();

    /** What stood there: a tensor or an {@link ExtraStateValue}, if all is well. */
    @Nullable
    Object value();

    /** The same entry under another key. */
    SourceEntry underKey(String other);

    /** The entry as hooks and migrations see it. */
    StateEntry toStateEntry(String shownKey, Tensor tensor);

    /**
     * An entry that is read under another key than it was given under, or that is no tensor.
     *
     * @param givenKey the key in the map that the caller gave
     * @param key the key in the module's terms
     * @param value what stood there
     * @param origin the state dict's entry, which knows its role; null when a plain map was given
     */
    record Changed(
            String givenKey,
            String key,
            @Nullable Object value,
            @Nullable StateEntry origin) implements SourceEntry {

        boolean isRenamed() {
            return !key.equals(givenKey);
        }

        @Override
        public SourceEntry underKey(String other) {
            return other.equals(key) ? this : new Changed(givenKey, other, value, origin);
        }

        @Override
        public StateEntry toStateEntry(String shownKey, Tensor tensor) {
            return origin == null
                    ? new StateEntry(shownKey, tensor, Role.PARAMETER, StoredType.F32)
                    : origin.withKey(shownKey);
        }
    }
}
