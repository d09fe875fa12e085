package dev.statedict.io.copy;

import dev.statedict.StoredType;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.file.Names;
import dev.statedict.io.write.Values;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Elements that do not lie in a file as they are to be written: transposed, put together, cast. The tensor is made when the
 * first of them is wanted, and forgotten when the last was copied, so that of many there is one in memory at a time, or
 * one for each thread.
 */
final class LoadedValues implements Values {
    /** Makes a tensor. */
    interface Loading {
        Tensor load() throws IOException;
    }

    /** Where the elements lie, or are as if they lay. */
    record Layout(Object storage, long offset, int[] shape, int[] strides) {}

    /** A part of the storage by itself. */
    interface Spans {
        Values span(long first, long length);
    }

    private final String key;
    private final Layout layout;
    private final StoredType own;
    private final Loading loading;
    private final @Nullable Spans spans;
    private @Nullable Tensor loaded;
    private long copied;

    /**
     * Elements to be loaded.
     *
     * @param key theirs, for messages
     * @param layout where they lie, or are as if they lay
     * @param own the type that holds every one
     * @param loading makes the tensor
     * @param spans what lies on the storage as it is; null where nothing but these elements does, in order
     */
    LoadedValues(String key, Layout layout, StoredType own, Loading loading, @Nullable Spans spans) {
        this.key = key;
        this.layout = layout;
        this.own = own;
        this.loading = loading;
        this.spans = spans;
    }

    @Override
    public Object storage() {
        return layout.storage;
    }

    @Override
    public long offset() {
        return layout.offset;
    }

    @Override
    public int[] shape() {
        return layout.shape.clone();
    }

    @Override
    public int[] strides() {
        return layout.strides.clone();
    }

    @Override
    public long numel() {
        long numel = 1;
        for (int size : layout.shape) {
            numel *= size;
        }
        return numel;
    }

    @Override
    public Values span(long first, long length) {
        return spans == null ? this : spans.span(first, length);
    }

    /** Says nothing: that is seen when the tensor is there. */
    @Override
    public void requireRange(String given, StoredType type) {}

    @Override
    public void copy(StoredType type, long first, ByteBuffer target) throws IOException {
        int count = target.remaining();
        Values values = Values.of(tensor(type));
        values.copy(type, first, target);
        forget(count / StoredElements.of(type).size());
    }

    private synchronized Tensor tensor(StoredType type) throws IOException {
        Tensor tensor = loaded;
        if (tensor == null) {
            tensor = load(key, loading);
            if (type != own) {
                Values.of(tensor).requireRange(key, type);
            }
            loaded = tensor;
        }
        return tensor;
    }

    /**
     * Makes a tensor.
     *
     * @param key whose, for messages
     * @param loading makes it
     * @throws IllegalArgumentException when it is cast to a type that does not hold every element
     */
    static Tensor load(String key, Loading loading) throws IOException {
        try {
            return loading.load();
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        } catch (ArithmeticException inexact) {
            throw new IllegalArgumentException(Names.quote(key) + ": " + inexact.getMessage(), inexact);
        }
    }

    private synchronized void forget(int count) {
        copied += count;
        if (copied >= numel()) {
            loaded = null;
            copied = 0;
        }
    }
}
