package dev.statedict.tree;

import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ties that the modules of a tree declare, by whole keys. */
public final class DeclaredTies {
    private record Tie(String key, String other) {}

    private final List<Tie> ties = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    public void add(String key, String other) {
        ties.add(new Tie(key, other));
        keys.add(key);
        keys.add(other);
    }

    public void forEach(BiConsumer<String, String> action) {
        ties.forEach(tie -> action.accept(tie.key(), tie.other()));
    }

    public boolean isEmpty() {
        return ties.isEmpty();
    }

    /** The keys that have a value once these have one: of a tie, one name is enough. */
    public Set<String> filledBy(Set<String> present) {
        Set<String> filled = new HashSet<>(present);
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Tie tie : ties) {
                if (filled.contains(tie.key()) || filled.contains(tie.other())) {
                    grew |= filled.add(tie.key()) | filled.add(tie.other());
                }
            }
        }
        return filled;
    }

    /** Whether one of the ties names the key, on either side. */
    public boolean contains(String key) {
        return keys.contains(key);
    }

    /**
     * Holds the ties against the tensors.
     *
     * @throws IllegalStateException when a tie does not hold
     */
    public void check(Function<String, @Nullable Tensor> tensors) {
        for (Tie tie : ties) {
            Tensor tensor = tensors.apply(tie.key());
            Tensor other = tensors.apply(tie.other());
            if (tensor == null) {
                continue;
            }
            if (other == null) {
                throw new IllegalStateException("\"" + tie.key() + "\" is declared as tied to \"" + tie.other()
                        + "\", and there is no such key; a declared key is seen from the module that declares it");
            }
            if (!TieGroups.tied(tensor, other)) {
                throw new IllegalStateException("\"" + tie.key() + "\" is declared as tied to \"" + tie.other()
                        + "\" but is not: assign the same tensor to both");
            }
        }
    }
}
