package dev.statedict.io.copy;

import dev.statedict.StoredType;
import dev.statedict.io.element.ElementRuns;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.read.ElementStream;
import dev.statedict.io.read.FileStorage;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.write.Values;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Elements that lie side by side in a file, and go from there to another through a buffer of a few bytes. */
final class StreamedValues implements Values {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /** How many elements are converted at a time. */
    private static final int BLOCK = 1 << 13;

    private final Origin origin;
    private final String key;
    private final FileStorage storage;
    private final long first;
    private final long numel;
    private final int[] shape;
    private final ElementStream elements;

    /**
     * A stretch of elements.
     *
     * @param origin the file
     * @param key what they are called in messages
     * @param storage where they lie
     * @param first the index of the first
     * @param numel how many
     * @param shape the size of each dimension, of which they are all elements in order
     */
    StreamedValues(Origin origin, String key, FileStorage storage, long first, long numel, int... shape) {
        this.origin = origin;
        this.key = key;
        this.storage = storage;
        this.first = first;
        this.numel = numel;
        this.shape = shape;
        this.elements = new ElementStream(storage, first, numel, Names.quote(key));
    }

    @Override
    public Object storage() {
        return storage;
    }

    @Override
    public long offset() {
        return first;
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    @Override
    public int[] strides() {
        return FileTensor.contiguousStrides(shape);
    }

    @Override
    public long numel() {
        return numel;
    }

    @Override
    public Values span(long from, long length) {
        return new StreamedValues(origin, key, storage, from, length, (int) Math.min(length, Integer.MAX_VALUE));
    }

    /** Says nothing: each is looked at when it is written. */
    @Override
    public void requireRange(String given, StoredType type) {}

    @Override
    public void copy(StoredType type, long from, ByteBuffer target) throws IOException {
        try {
            if (type == storage.type()) {
                elements.read(from, target);
            } else {
                convert(type, from, target);
            }
        } catch (FormatException broken) {
            throw origin.named(broken);
        }
    }

    private void convert(StoredType type, long from, ByteBuffer target) throws IOException {
        int size = StoredElements.of(type).size();
        forEachBlock(from, target.remaining() / size, block -> {
            Values values = Values.of(block);
            values.requireRange(key, type);
            int bytes = block.numel() * size;
            values.copy(type, 0, target.slice().limit(bytes));
            target.position(target.position() + bytes);
            return true;
        });
    }

    /**
     * The type that the elements remember, if it holds every one, for which they are gone over; else the type that they have.
     *
     * @throws IOException when they cannot be read
     */
    StoredType fitting(StoredType remembered) throws IOException {
        if (remembered == storage.type()) {
            return remembered;
        }
        try {
            StoredElements type = StoredElements.of(remembered);
            boolean fits = forEachBlock(0, numel, block -> ElementRuns.holdsAll(block, type));
            return fits ? remembered : storage.type();
        } catch (FormatException broken) {
            throw origin.named(broken);
        }
    }

    /** Takes elements, in memory. */
    private interface Block {
        /** Whether to go on. */
        boolean accept(Tensor block) throws IOException;
    }

    /** Decodes elements a few at a time; answers whether all went on. */
    private boolean forEachBlock(long from, long count, Block work) throws IOException {
        StoredElements own = elements.elements();
        ByteBuffer bytes =
                ByteBuffer.allocate((int) Math.min(BLOCK, count) * own.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (long done = 0; done < count; ) {
            int piece = (int) Math.min(BLOCK, count - done);
            elements.read(from + done, bytes.clear().limit(piece * own.size()));
            Tensor block = Tensor.zeros(own.inMemory(), piece);
            own.decode(bytes.flip(), TENSORS.array(block, 0), 0, piece);
            if (!work.accept(block)) {
                return false;
            }
            done += piece;
        }
        return true;
    }
}
