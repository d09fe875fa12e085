package dev.statedict.io.write;

import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StoredType;
import dev.statedict.io.element.ElementRuns;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import dev.statedict.tree.PossibleTies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A state dict as it goes to a file: the type of each entry, and what travels beside the entries.
 *
 * @param entries the tensors, in the order of their dict
 * @param metadata texts by name, without the reserved one
 * @param reserved what statedict itself has to say
 * @param possibleTies the keys that may be none, as {@link PossibleTies} tells: never those under which a tie is stored
 */
public record StoredDict(
        List<StoredEntry> entries, Map<String, String> metadata, ReservedMetadata reserved, Set<String> possibleTies) {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /**
     * Decides what of a state dict is stored.
     *
     * @param dict the dict
     * @param requested the type of all floating-point entries; null for the one that each remembers
     * @param form gives each entry the form in which the format has it
     * @param metadata texts by name, without the reserved one
     * @param digested whether to add a digest of each entry
     * @return what is to be written
     * @throws IllegalArgumentException when no file can express a key, or an element is beyond the range of the type
     */
    public static StoredDict of(
            StateDict dict,
            @Nullable StoredType requested,
            UnaryOperator<StoredEntry> form,
            Map<String, String> metadata,
            boolean digested) {
        List<StoredEntry> entries =
                entries(onOneArrayEach(dict), requested).stream().map(form).toList();
        try {
            return of(dict, entries, metadata, digested);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // all elements are in memory
        }
    }

    /**
     * What is stored of a dict whose entries are decided.
     *
     * @param dict the dict, of which no element is looked at
     * @param entries its tensors, in its order
     * @param metadata texts by name, without the reserved one
     * @param digested whether to add a digest of each entry, for which its elements are gone over
     * @return what is to be written
     * @throws IOException when the elements cannot be had
     */
    public static StoredDict of(
            StateDict dict, List<StoredEntry> entries, Map<String, String> metadata, boolean digested)
            throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        if (digested) {
            for (StoredEntry entry : entries) {
                digests.put(entry.key(), entry.digest());
            }
        }
        ReservedMetadata reserved = new ReservedMetadata(dict.versions(), dict.extraState(), digests);
        return new StoredDict(entries, metadata, reserved, PossibleTies.of(dict));
    }

    /** The dict with every tensor on one array: what lies on rows is copied, and ties stay ties. */
    private static StateDict onOneArrayEach(StateDict dict) {
        if (dict.values().stream().allMatch(StoredDict::isOnOneArray)) {
            return dict;
        }
        TieGroups<Tensor> copies = new TieGroups<>(dict.size());
        StateDictBuilder builder = StateDict.builder();
        dict.forEach((key, tensor) -> {
            Tensor flat = isOnOneArray(tensor) ? tensor : copies.get(tensor);
            if (flat == null) {
                flat = Tensor.zeros(tensor.elementType(), tensor.shape());
                flat.copyFrom(tensor);
                copies.put(tensor, flat);
            }
            builder.put(key, flat, dict.role(key), dict.storedType(key));
        });
        return builder.build();
    }

    private static boolean isOnOneArray(Tensor tensor) {
        return TENSORS.arrayCount(tensor) == 1;
    }

    /**
     * Checks a key.
     *
     * @param key of an entry
     * @throws IllegalArgumentException when no file can express it
     */
    public static void requireKey(String key) {
        if (key.equals("__metadata__")) {
            throw new IllegalArgumentException("the key \"__metadata__\" is reserved; rename the entry");
        }
        Names.requireUnicode(key);
    }

    /**
     * Entries on one storage are stored as one type, or a tie would come apart: the one that they remember, if that holds
     * every element, else their own.
     */
    private static List<StoredEntry> entries(StateDict dict, @Nullable StoredType requested) {
        Map<Object, StoredType> types = new IdentityHashMap<>();
        dict.forEach((key, tensor) -> {
            requireKey(key);
            StoredType own = StoredType.of(tensor.elementType());
            types.merge(TENSORS.array(tensor, 0), dict.storedType(key), (one, other) -> one == other ? one : own);
        });
        CoveredValues.of(dict.values().stream().map(Values::of).toList())
                .forEach(
                        (storage, covered) -> types.computeIfPresent(storage, (array, type) -> fitting(covered, type)));
        List<StoredEntry> entries = new ArrayList<>(dict.size());
        dict.forEach((key, tensor) -> {
            StoredType type = types.getOrDefault(TENSORS.array(tensor, 0), StoredType.of(tensor.elementType()));
            entries.add(new StoredEntry(key, tensor, type).as(requested));
        });
        return entries;
    }

    private static StoredType fitting(CoveredValues covered, StoredType remembered) {
        Tensor tensor = ((TensorValues) covered.values()).tensor();
        StoredType own = StoredType.of(tensor.elementType());
        boolean fits = remembered == own || ElementRuns.holdsAll(tensor, StoredElements.of(remembered));
        return fits ? remembered : own;
    }
}
