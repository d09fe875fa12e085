package dev.statedict.io.element;

import dev.statedict.tensor.ElementType;
import java.nio.ByteBuffer;

/** IEEE 754 double precision: bits as they are, NaN payloads included. */
enum Float64Elements implements StoredElements {
    INSTANCE;

    @Override
    public int size() {
        return Double.BYTES;
    }

    @Override
    public ElementType inMemory() {
        return ElementType.F64;
    }

    @Override
    public boolean isFloatingPoint() {
        return true;
    }

    @Override
    public void decode(ByteBuffer source, Object target, int at, int count) {
        source.asDoubleBuffer().get((double[]) target, at, count);
    }

    @Override
    public String text(ByteBuffer source, int index) {
        return Double.toString(source.getDouble(index * Double.BYTES));
    }

    @Override
    public void encode(Object source, int at, int count, ByteBuffer target) {
        target.asDoubleBuffer().put((double[]) source, at, count);
    }
}
