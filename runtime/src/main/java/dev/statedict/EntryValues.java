package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The values of a state dict in order. Every mutator throws, also where there would be nothing to do. */
final class EntryValues extends AbstractCollection<Tensor> {
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
                throw new NoSuchElementException();
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
