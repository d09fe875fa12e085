package dev.statedict.values;

import static dev.statedict.values.Entries.find;

import dev.statedict.Policy;
import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.storage.StorageSet;
import dev.statedict.tensor.Tensor;
import dev.statedict.text.KeyList;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.PrimitiveEntries;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The values of a dict written into the tensors of an older one. */
public final class Overwriting {
    private Overwriting() {}

    /** Writes all elements of one dict into another, which may share storage with it. */
    public static void copy(StateDict source, StateDict target) {
        SameForm.require(source, target);
        requireSameExtraState(source, target);
        requireNoLivePrimitives(source, target);
        List<Tensor> staged = new ArrayList<>();
        StorageSet written = new StorageSet(target.size());
        target.values().forEach(written::add);
        for (String key : target.keySet()) {
            Tensor given = find(source, key);
            staged.add(written.contains(given) ? given.copy() : given);
        }
        Iterator<Tensor> next = staged.iterator();
        target.values().forEach(tensor -> tensor.copyFrom(next.next()));
    }

    private static void requireSameExtraState(StateDict source, StateDict target) {
        List<String> differences = ExtraStateValue.differing(source.extraState(), target.extraState());
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("the extra state differs: " + KeyList.quoted(differences)
                    + "; it cannot be written in place, so take a new copy()");
        }
    }

    /** A primitive of a live dict is what the module had at the time of the call: nothing leads back to the module. */
    private static void requireNoLivePrimitives(StateDict source, StateDict target) {
        if (target.policy() != Policy.ALIAS) {
            return;
        }
        List<String> primitives = target.keySet().stream()
                .filter(key ->
                        PrimitiveEntries.has(target, key) && !find(source, key).contentEquals(find(target, key)))
                .toList();
        if (!primitives.isEmpty()) {
            boolean counters = primitives.stream().allMatch(key -> target.role(key) == Role.COUNTER);
            throw new IllegalArgumentException("the target is live, and its " + (counters ? "counters" : "primitives")
                    + " cannot be set: " + KeyList.quoted(primitives) + "; loadStateDict sets those of a module");
        }
    }
}
