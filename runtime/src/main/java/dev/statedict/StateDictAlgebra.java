package dev.statedict;

import dev.statedict.text.KeyList;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.ModulePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Dicts made of dicts by their keys. The tensors are kept, and with them the policy; extra state goes with its key,
 * {@code "fc._extra_state"}.
 */
final class StateDictAlgebra {
    private StateDictAlgebra() {}

    static StateDict filter(StateDict dict, Predicate<? super String> keys) {
        return mapKeys(dict, key -> keys.test(key) ? key : null, dict.versions());
    }

    /**
     * Gives each entry another key, or none.
     *
     * @param newKey told keys, and the prefixes of modules with their dots
     * @throws IllegalArgumentException when two entries get one key, or extra state the key of an entry
     */
    static StateDict mapKeys(StateDict dict, UnaryOperator<@Nullable String> newKey) {
        return mapKeys(dict, newKey, StateMetadata.moved(dict.versions(), newKey));
    }

    private static StateDict mapKeys(
            StateDict dict, UnaryOperator<@Nullable String> newKey, Map<String, Integer> versions) {
        StateDictBuilder builder = new StateDictBuilder(dict.policy());
        for (StateEntry entry : dict.entries()) {
            String key = newKey.apply(entry.getKey());
            if (key != null) {
                builder.put(key.equals(entry.getKey()) ? entry : entry.withKey(key));
            }
        }
        dict.extraState().forEach((path, value) -> {
            String key = newKey.apply(ExtraStateValue.key(path));
            if (key != null) {
                builder.putExtraState(modulePathOf(key, ExtraStateValue.key(path)), value);
            }
        });
        versions.forEach(builder::version);
        return builder.build();
    }

    private static String modulePathOf(String extraStateKey, String before) {
        if (!ExtraStateValue.isKey(extraStateKey)) {
            throw new IllegalArgumentException("the extra state \"" + before + "\" would become \"" + extraStateKey
                    + "\", which is no key of extra state; keep its last name \"" + StateAssigner.EXTRA_STATE + "\"");
        }
        return ModulePath.modulePath(extraStateKey);
    }

    /**
     * Joins two dicts.
     *
     * @throws IllegalArgumentException naming all keys that both have
     */
    static StateDict union(StateDict one, StateDict other) {
        List<String> conflicts = new ArrayList<>(one.keySet());
        conflicts.retainAll(other.keySet());
        for (String path : one.extraState().keySet()) {
            if (other.extraState().containsKey(path)) {
                conflicts.add(ExtraStateValue.key(path));
            }
        }
        if (!conflicts.isEmpty()) {
            throw new IllegalArgumentException("both dicts have " + KeyList.quoted(conflicts)
                    + "; filter or rename the keys of one of them first");
        }
        // of a part that is live, one cannot say that it is a snapshot
        boolean live = one.policy() == Policy.ALIAS || other.policy() == Policy.ALIAS;
        StateDictBuilder builder = new StateDictBuilder(live ? Policy.ALIAS : Policy.COPY);
        for (StateDict part : List.of(one, other)) {
            for (StateEntry entry : part.entries()) {
                builder.put(entry);
            }
            part.extraState().forEach(builder::putExtraState);
            part.versions().forEach(builder::version);
        }
        return builder.build();
    }
}
