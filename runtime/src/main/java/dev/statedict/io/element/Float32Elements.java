package dev.statedict.io.element;

import dev.statedict.tensor.ElementType;
import java.nio.ByteBuffer;

/** IEEE 754 single precision: bits as they are, NaN payloads included. */
enum Float32Elements implements StoredElements {
    INSTANCE;

    @Override
    public int size() {
        return Float.BYTES;
    }

    @Override
    public ElementType inMemory() {
        return ElementType.F32;
    }

    @Override
    public boolean isFloatingPoint() {
        return true;
    }

    @Override
    public void decode(ByteBuffer source, Object target, int at, int count) {
        source.asFloatBuffer().get((float[]) target, at, count);
    }

    @Override
    public String text(ByteBuffer source, int index) {
        return Float.toString(source.getFloat(index * Float.BYTES));
    }

    @Override
    public void encode(Object source, int at, int count, ByteBuffer target) {
        target.asFloatBuffer().put((float[]) source, at, count);
    }
}
