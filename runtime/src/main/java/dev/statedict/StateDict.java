package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state of a module by key: an unmodifiable map in the module's order that knows how it was made.
 *
 * <p>Under {@link Policy#ALIAS} its tensors are the module's own: what training writes shows here. Under
 * {@link Policy#COPY} they share nothing with the module, and share among themselves what the module's tensors shared.
 * The map never changes; the tensors' elements can. It may be read by any thread.
 *
 * <p>{@code equals} is {@link Map}'s, and so goes by the tensors' identity; {@link #contentEquals} compares values.
 */
public final class StateDict extends AbstractMap<String, Tensor> {
    private final StateEntry[] entries;
    private final Policy policy;
    private final Map<String, @Nullable Object> extraState;
    // built when first asked for, and complete before it is assigned: its fields are final
    private @Nullable KeyIndex index;

    StateDict(StateEntry[] entries, Policy policy, Map<String, @Nullable Object> extraState) {
        this.entries = entries;
        this.policy = policy;
        this.extraState = extraState;
    }

    /**
     * A state dict of the given tensors, which it shares. A {@code LinkedHashMap}, {@code SortedMap} or state dict keeps
     * its order; any other map is read in key order.
     *
     * @param tensors the entries; read once
     * @return the map itself when it is a state dict, else a dict with policy {@link Policy#COPY}
     * @throws NullPointerException when a key or value is null
     */
    public static StateDict of(Map<String, Tensor> tensors) {
        if (tensors instanceof StateDict dict) {
            return dict;
        }
        StateDictBuilder builder = builder();
        KeyOrder.of(tensors).forEach((key, tensor) -> builder.put((String) key, (Tensor) tensor));
        return builder.build();
    }

    /**
     * An empty builder.
     *
     * @return the builder of a dict with policy {@link Policy#COPY}
     */
    public static StateDictBuilder builder() {
        return new StateDictBuilder();
    }

    /**
     * How the dict was made.
     *
     * @return {@link Policy#ALIAS} when its tensors are a module's own
     */
    public Policy policy() {
        return policy;
    }

    /**
     * State that is no tensor, by module path: {@code ""} for the root module, else {@code "fc"}.
     *
     * @return an unmodifiable map; each value is a {@code String}, an unmodifiable {@code Map<String, String>}, or null
     *     where the module had none to give
     */
    public Map<String, @Nullable Object> extraState() {
        return extraState;
    }

    /**
     * What an entry is to its module.
     *
     * @param key a key of this dict
     * @return {@link Role#PARAMETER} also for entries that came without a role
     * @throws IllegalArgumentException when there is no such key
     */
    public Role role(String key) {
        return entry(key).role();
    }

    /**
     * The element type under which an entry was, and will be, stored.
     *
     * @param key a key of this dict
     * @return {@link StoredType#F32} unless a file or a counter said otherwise
     * @throws IllegalArgumentException when there is no such key
     */
    public StoredType storedType(String key) {
        return entry(key).storedType();
    }

    /**
     * Whether two dicts hold the same values: the same keys in any order, for each the same shape and, bit for bit, the
     * same elements, and the same extra state.
     *
     * @param other the other dict
     * @return false also when they differ in keys
     */
    public boolean contentEquals(StateDict other) {
        if (size() != other.size() || !extraState.equals(other.extraState)) {
            return false;
        }
        for (StateEntry entry : entries) {
            Tensor theirs = other.get(entry.getKey());
            if (theirs == null || !entry.getValue().contentEquals(theirs)) {
                return false;
            }
        }
        return true;
    }

    /** The entries in order, for the package's own loops. Not to be written. */
    StateEntry[] entries() {
        return entries;
    }

    private StateEntry entry(String key) {
        int position = index().find(key);
        if (position < 0) {
            throw new IllegalArgumentException("no key \"" + key + "\" in this state dict of " + size() + " entries");
        }
        return entries[position];
    }

    KeyIndex index() {
        KeyIndex built = index;
        if (built == null) {
            built = KeyIndex.of(entries);
            index = built;
        }
        return built;
    }

    @Override
    public int size() {
        return entries.length;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return index().find(key) >= 0;
    }

    @Override
    public @Nullable Tensor get(@Nullable Object key) {
        int position = index().find(key);
        return position < 0 ? null : entries[position].getValue();
    }

    @Override
    public Set<Map.Entry<String, Tensor>> entrySet() {
        return Collections.unmodifiableSet(new Entries());
    }

    @Override
    public Set<String> keySet() {
        return Collections.unmodifiableSet(super.keySet());
    }

    @Override
    public Collection<Tensor> values() {
        return Collections.unmodifiableCollection(super.values());
    }

    private final class Entries extends AbstractSet<Map.Entry<String, Tensor>> {
        @Override
        public int size() {
            return entries.length;
        }

        @Override
        public boolean contains(@Nullable Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && entry.getValue() != null
                    && entry.getValue().equals(get(entry.getKey()));
        }

        @Override
        public Iterator<Map.Entry<String, Tensor>> iterator() {
            return Arrays.<Map.Entry<String, Tensor>>asList(entries).iterator();
        }
    }

    /**
     * The dict as PyTorch prints an {@code OrderedDict}.
     *
     * @return for example {@code OrderedDict([('fc.bias', tensor([0.5000]))])}
     */
    @Override
    public String toString() {
        StringJoiner joiner = new StringJoiner(", ", "OrderedDict([", "])");
        joiner.setEmptyValue("OrderedDict()");
        for (StateEntry entry : entries) {
            joiner.add("(" + PythonText.quote(entry.getKey()) + ", " + entry.getValue() + ")");
        }
        return joiner.toString();
    }

    static UnsupportedOperationException unmodifiable() {
        return new UnsupportedOperationException(
                "a StateDict is unmodifiable; collect what you need in a LinkedHashMap, and StateDict.of(map) makes a dict"
                        + " of it");
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public Tensor put(String key, Tensor value) {
        throw unmodifiable();
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public Tensor remove(@Nullable Object key) {
        throw unmodifiable();
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public boolean remove(@Nullable Object key, @Nullable Object value) {
        throw unmodifiable();
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public void putAll(Map<? extends String, ? extends Tensor> map) {
        throw unmodifiable();
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public void clear() {
        throw unmodifiable();
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public Tensor putIfAbsent(String key, Tensor value) {
        throw unmodifiable();
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public Tensor replace(String key, Tensor value) {
        throw unmodifiable();
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public boolean replace(String key, Tensor oldValue, Tensor newValue) {
        throw unmodifiable();
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public void replaceAll(BiFunction<? super String, ? super Tensor, ? extends Tensor> function) {
        throw unmodifiable();
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public Tensor computeIfAbsent(String key, Function<? super String, ? extends Tensor> function) {
        throw unmodifiable();
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public Tensor computeIfPresent(String key, BiFunction<? super String, ? super Tensor, ? extends Tensor> function) {
        throw unmodifiable();
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public Tensor compute(String key, BiFunction<? super String, ? super @Nullable Tensor, ? extends Tensor> function) {
        throw unmodifiable();
    }

    /** Unsupported: a state dict is unmodifiable. */
    @Override
    public Tensor merge(
            String key, Tensor value, BiFunction<? super Tensor, ? super Tensor, ? extends Tensor> function) {
        throw unmodifiable();
    }
}
