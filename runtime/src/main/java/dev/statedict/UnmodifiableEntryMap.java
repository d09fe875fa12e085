package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.io.Serializable;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The map side of a state dict: entries in order, found in that order by going on from the last one, else by a map that
 * is built when first needed: most dicts are read in order, and no key is hashed then. Every mutator throws, also where
 * there would be nothing to do.
 */
abstract class UnmodifiableEntryMap extends AbstractMap<String, Tensor> implements Serializable {
    private static final long serialVersionUID = 1;

    // a state dict writes something else in its place
    private final transient StateEntry[] entries;
    // by key; volatile, so that a thread that sees the map sees it whole, as a HashMap promises to none
    private transient volatile @Nullable Map<String, Integer> positions;
    // where the entry behind the last one found stands: a guess, which a race may spoil
    private transient int successor;

    UnmodifiableEntryMap(StateEntry[] entries) {
        this.entries = entries;
    }

    /** The entries in order, for the package's own loops. Not to be written. */
    final StateEntry[] entries() {
        return entries;
    }

    /** The entry of a key, or null. */
    final @Nullable StateEntry find(@Nullable Object key) {
        int next = successor;
        if (next < entries.length && entries[next].getKey().equals(key)) {
            successor = next + 1;
            return entries[next];
        }
        Integer position = positions().get(key);
        if (position == null) {
            return null;
        }
        successor = position + 1;
        return entries[position];
    }

    private Map<String, Integer> positions() {
        Map<String, Integer> built = positions;
        if (built == null) {
            built = new HashMap<>(entries.length * 2);
            for (int i = 0; i < entries.length; i++) {
                built.put(entries[i].getKey(), i);
            }
            positions = built;
        }
        return built;
    }

    @Override
    public int size() {
        return entries.length;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) != null;
    }

    @Override
    public @Nullable Tensor get(@Nullable Object key) {
        StateEntry entry = find(key);
        return entry == null ? null : entry.getValue();
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
        return new EntryValues(entries);
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

    static UnsupportedOperationException unmodifiable() {
        return new UnsupportedOperationException(
                "a StateDict is unmodifiable; collect what you need in a LinkedHashMap, and StateDict.of(map) makes a dict"
                        + " of it");
    }

    @Override
    public Tensor put(String key, Tensor value) {
        throw unmodifiable();
    }

    @Override
    public Tensor remove(@Nullable Object key) {
        throw unmodifiable();
    }

    @Override
    public boolean remove(@Nullable Object key, @Nullable Object value) {
        throw unmodifiable();
    }

    @Override
    public void putAll(Map<? extends String, ? extends Tensor> map) {
        throw unmodifiable();
    }

    @Override
    public void clear() {
        throw unmodifiable();
    }

    @Override
    public Tensor putIfAbsent(String key, Tensor value) {
        throw unmodifiable();
    }

    @Override
    public Tensor replace(String key, Tensor value) {
        throw unmodifiable();
    }

    @Override
    public boolean replace(String key, Tensor oldValue, Tensor newValue) {
        throw unmodifiable();
    }

    @Override
    public void replaceAll(BiFunction<? super String, ? super Tensor, ? extends Tensor> function) {
        throw unmodifiable();
    }

    @Override
    public Tensor computeIfAbsent(String key, Function<? super String, ? extends Tensor> function) {
        throw unmodifiable();
    }

    @Override
    public Tensor computeIfPresent(String key, BiFunction<? super String, ? super Tensor, ? extends Tensor> function) {
        throw unmodifiable();
    }

    @Override
    public Tensor compute(String key, BiFunction<? super String, ? super @Nullable Tensor, ? extends Tensor> function) {
        throw unmodifiable();
    }

    @Override
    public Tensor merge(
            String key, Tensor value, BiFunction<? super Tensor, ? super Tensor, ? extends Tensor> function) {
        throw unmodifiable();
    }

    /**
     * The values in order. Every mutator throws, also where there would be nothing to do. With a view of the JDK in its
     * place, over the entries, reading all values takes 1.3 times as long ({@code alias-2000} of the benchmarks reads them).
     */
    private static final class EntryValues extends AbstractCollection<Tensor> {
        private final StateEntry[] entries;

        EntryValues(StateEntry[] entries) {
            this.entries = entries;
        }

        @Override
        public int size() {
            return entries.length;
        }

        @Override
        public Iterator<Tensor> iterator() {
            return new Values(entries);
        }

        private static final class Values implements Iterator<Tensor> {
            private final StateEntry[] entries;
            private int next;

            Values(StateEntry[] entries) {
                this.entries = entries;
            }

            @Override
            public boolean hasNext() {
                return next < entries.length;
            }

            @Override
            public Tensor next() {
                if (next >= entries.length) {
                    // throws; an exception that is named here would be loaded with the class, a tenth of a first call
                    return Collections.<Tensor>emptyIterator().next();
                }
                return entries[next++].getValue();
            }

            @Override
            public void remove() {
                throw UnmodifiableEntryMap.unmodifiable();
            }
        }

        @Override
        public boolean add(Tensor value) {
            throw UnmodifiableEntryMap.unmodifiable();
        }

        @Override
        public boolean addAll(Collection<? extends Tensor> values) {
            throw UnmodifiableEntryMap.unmodifiable();
        }

        @Override
        public boolean remove(@Nullable Object value) {
            throw UnmodifiableEntryMap.unmodifiable();
        }

        @Override
        public boolean removeAll(Collection<?> values) {
            throw UnmodifiableEntryMap.unmodifiable();
        }

        @Override
        public boolean removeIf(Predicate<? super Tensor> filter) {
            throw UnmodifiableEntryMap.unmodifiable();
        }

        @Override
        public boolean retainAll(Collection<?> values) {
            throw UnmodifiableEntryMap.unmodifiable();
        }

        @Override
        public void clear() {
            throw UnmodifiableEntryMap.unmodifiable();
        }
    }
}
