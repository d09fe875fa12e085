package dev.statedict.tree;

import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The door through which files say, and loads ask, which keys of a dict may be no keys at all. safetensors keeps a tie as a
 * text of the metadata that is the name of a tensor, and nothing tells such a text from one that is so by chance: a module that
 * lacks the key has lost nothing. The builder of dicts opens the door, and has no public method for it.
 */
public abstract class PossibleTies {
    /**
     * There is one, and it is set once, when the builder of dicts is initialized: a first {@code stateDict} in a JVM needs no
     * door, and would wait for its classes to be loaded.
     */
    private static volatile @Nullable PossibleTies opened;

    /** For the builder of dicts alone. */
    protected PossibleTies() {}

    /**
     * Opens the door, once.
     *
     * @param ties what the builder of dicts has to offer
     */
    public static void open(PossibleTies ties) {
        if (opened != null) {
            throw new IllegalStateException("the door is open already");
        }
        opened = ties;
    }

    /**
     * The keys of a dict that may be none.
     *
     * @param dict any dict
     * @return an unmodifiable set
     */
    public static Set<String> of(StateDict dict) {
        return door().keys(dict);
    }

    /**
     * Marks keys of a dict to be built.
     *
     * @param builder has entries under the keys
     * @param keys those that may be none
     */
    public static void mark(StateDictBuilder builder, Set<String> keys) {
        door().add(builder, keys);
    }

    private static PossibleTies door() {
        if (opened == null) {
            StateDict.builder(); // whose class opens it
        }
        return Objects.requireNonNull(opened);
    }

    /**
     * As {@link #of}.
     *
     * @param dict any dict
     * @return an unmodifiable set
     */
    protected abstract Set<String> keys(StateDict dict);

    /**
     * As {@link #mark}.
     *
     * @param builder has entries under the keys
     * @param keys those that may be none
     */
    protected abstract void add(StateDictBuilder builder, Set<String> keys);
}
