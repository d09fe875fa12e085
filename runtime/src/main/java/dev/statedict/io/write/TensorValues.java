package dev.statedict.io.write;

import dev.statedict.StoredType;
import dev.statedict.io.element.ElementRuns;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.file.Names;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The elements of a tensor in memory.
 *
 * @param tensor on one array
 */
record TensorValues(Tensor tensor) implements Values {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    @Override
    public Object storage() {
        return TENSORS.array(tensor, 0);
    }

    @Override
    public long offset() {
        return tensor.storageOffset();
    }

    @Override
    public int[] shape() {
        return tensor.shape();
    }

    @Override
    public int[] strides() {
        return tensor.strides();
    }

    @Override
    public long numel() {
        return tensor.numel();
    }

    @Override
    public Values span(long first, long length) {
        return new TensorValues(TENSORS.strided(storage(), (int) first, new int[] {(int) length}, new int[] {1}));
    }

    @Override
    public void requireRange(String key, StoredType type) {
        int beyond = ElementRuns.firstBeyond(tensor, StoredElements.of(type));
        if (beyond >= 0) {
            throw new IllegalArgumentException(Names.quote(key) + " holds " + TENSORS.text(tensor, beyond)
                    + ", which is beyond the range of " + type + "; store it as "
                    + StoredType.of(tensor.elementType()));
        }
    }

    @Override
    public void copy(StoredType type, long first, ByteBuffer target) {
        StoredElements stored = StoredElements.of(type);
        int size = stored.size();
        ElementRuns.forEach(tensor, stored, (int) first, target.remaining() / size, (elements, at, count) -> {
            stored.encode(elements, at, count, target.slice().order(ByteOrder.LITTLE_ENDIAN));
            target.position(target.position() + count * size);
        });
    }
}
