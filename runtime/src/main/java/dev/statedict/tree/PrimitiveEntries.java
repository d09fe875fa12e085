package dev.statedict.tree;

import dev.statedict.StateDict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The door through which arithmetic asks which entries of a dict are the values of primitive members. Such a value was taken at the
 * time of the call, and nothing leads back from it to the module, whatever the dict's policy. The builder of dicts opens the door, and
 * has no public method for it.
 */
public abstract class PrimitiveEntries {
    /**
     * There is one, and it is set once, when the builder of dicts is initialized: a first {@code stateDict} in a JVM needs no
     * door, and would wait for its classes to be loaded.
     */
    private static volatile @Nullable PrimitiveEntries opened;

    /** For the builder of dicts alone. */
    protected PrimitiveEntries() {}

    /**
     * Opens the door, once.
     *
     * @param entries what the builder of dicts has to offer
     */
    public static void open(PrimitiveEntries entries) {
        if (opened != null) {
            throw new IllegalStateException("the door is open already");
        }
        opened = entries;
    }

    /**
     * Whether an entry is the value of a primitive member.
     *
     * @param dict any dict
     * @param key one of its keys
     */
    public static boolean has(StateDict dict, String key) {
        return door().contains(dict, key);
    }

    private static PrimitiveEntries door() {
        if (opened == null) {
            StateDict.builder(); // whose class opens it
        }
        return Objects.requireNonNull(opened);
    }

    /**
     * As {@link #has}.
     *
     * @param dict any dict
     * @param key one of its keys
     */
    protected abstract boolean contains(StateDict dict, String key);
}
