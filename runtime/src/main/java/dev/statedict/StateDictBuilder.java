package dev.statedict;

import dev.statedict.tensor.Tensor;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.PossibleTies;
import dev.statedict.tree.PrimitiveEntries;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the entries of a {@link StateDict} in order. The dict shares the tensors it is given. Its policy is {@link
 * Policy#COPY}, for it is nobody's live view, unless it was begun {@linkplain StateDict#toBuilder() with a dict}.
 */
public final class StateDictBuilder {
    static {
        PossibleTies.open(new PossibleTies() {
            @Override
            protected Set<String> keys(StateDict dict) {
                return dict.metadata().possibleTies();
            }

            @Override
            protected void add(StateDictBuilder builder, Set<String> keys) {
                builder.possibleTies(keys);
            }
        });
        PrimitiveEntries.open(new PrimitiveEntries() {
            @Override
            protected boolean contains(StateDict dict, String key) {
                return dict.entry(key).isPrimitive();
            }
        });
    }

    private final Map<String, StateEntry> entries = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> extraState = new LinkedHashMap<>();

    private final Map<String, Integer> versions = new LinkedHashMap<>();
    private final Set<String> possibleTies = new HashSet<>();
    private final Policy policy;

    StateDictBuilder(Policy policy) {
        this.policy = policy;
    }

    /**
     * Adds a parameter.
     *
     * @param key its key; not there yet
     * @param tensor its tensor, shared
     * @return this builder
     * @throws IllegalArgumentException when the key is there already
     */
    public StateDictBuilder put(String key, Tensor tensor) {
        requireTensor(key, tensor);
        return put(key, tensor, Role.PARAMETER, StoredType.of(tensor.elementType()));
    }

    /**
     * Adds an entry.
     *
     * @param key its key; not there yet
     * @param tensor its tensor, shared
     * @param role what it is to its module
     * @param storedType the element type for files
     * @return this builder
     * @throws IllegalArgumentException when the key is there already
     */
    public StateDictBuilder put(String key, Tensor tensor, Role role, StoredType storedType) {
        requireTensor(key, tensor);
        return put(new StateEntry(key, tensor, role, storedType));
    }

    /** Adds an entry of a plain map. */
    StateDictBuilder putPlain(String key, Tensor tensor) {
        requireTensor(key, tensor);
        return put(StateEntry.plain(key, tensor));
    }

    private static void requireTensor(String key, Tensor tensor) {
        Objects.requireNonNull(key, "a state dict has no null key");
        Objects.requireNonNull(tensor, () -> "the value of \"" + key + "\" is null; leave the key out");
    }

    StateDictBuilder put(StateEntry entry) {
        if (entries.putIfAbsent(entry.getKey(), entry) != null) {
            throw new IllegalArgumentException("the key \"" + entry.getKey() + "\" is there already");
        }
        return this;
    }

    /**
     * Gives an entry another tensor. Its place, role and stored type stay.
     *
     * @param key its key
     * @param tensor the tensor that it has from now on, shared
     * @return this builder
     * @throws IllegalArgumentException when there is no such key
     */
    public StateDictBuilder replace(String key, Tensor tensor) {
        Objects.requireNonNull(tensor, () -> "the value of \"" + key + "\" is null");
        StateEntry before = entries.get(key);
        if (before == null) {
            throw new IllegalArgumentException("there is no key \"" + key + "\" to replace; put adds one");
        }
        entries.put(key, new StateEntry(key, tensor, before.role(), before.storedType()));
        return this;
    }

    /**
     * Adds the extra state of a module.
     *
     * @param modulePath {@code ""} for the root module, else for example {@code "fc"}
     * @param value the text, or null where the module had none to give
     * @return this builder
     * @throws IllegalArgumentException when the module has some already
     */
    public StateDictBuilder extraState(String modulePath, @Nullable String value) {
        return putExtraState(modulePath, value);
    }

    /**
     * Adds the extra state of a module.
     *
     * @param modulePath {@code ""} for the root module, else for example {@code "fc"}
     * @param value the texts by name, copied
     * @return this builder
     * @throws IllegalArgumentException when the module has some already
     */
    public StateDictBuilder extraState(String modulePath, Map<String, String> value) {
        return putExtraState(modulePath, ExtraStateValue.copyOf(modulePath, value));
    }

    StateDictBuilder putExtraState(String modulePath, @Nullable Object value) {
        if (extraState.containsKey(modulePath)) {
            throw new IllegalArgumentException("the module \"" + modulePath + "\" has extra state already");
        }
        extraState.put(modulePath, value);
        return this;
    }

    /**
     * Sets the version of the class that made a module's state. Once any is set, the root has version 1 unless set, and
     * so has every path that is never set.
     *
     * @param modulePath {@code ""} for the root module, else for example {@code "fc"}
     * @param version 1 or more
     * @return this builder
     */
    public StateDictBuilder version(String modulePath, int version) {
        versions.putIfAbsent("", 1);
        versions.put(modulePath, version);
        return this;
    }

    void possibleTies(Set<String> keys) {
        possibleTies.addAll(keys);
    }

    /**
     * The dict of what was added so far.
     *
     * @return a new dict
     */
    public StateDict build() {
        return new StateDict(
                entries.values().toArray(StateEntry[]::new),
                policy,
                StateMetadata.copyOf(extraState, versions, possibleTies));
    }
}
