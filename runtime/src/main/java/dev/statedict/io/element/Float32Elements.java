package dev.statedict.io.element;

import java.nio.ByteBuffer;

/** IEEE 754 single precision: bits as they are, NaN payloads included. */
enum Float32Elements implements StoredElements {
    INSTANCE;

    @Override
    public int size() {
        return Float.BYTES;
    }

    @Override
    public boolean isFloatingPoint() {
        return true;
    }

    @Override
    public int firstUnfit(ByteBuffer source, int count, boolean rounding) {
        return -1;
    }

    @Override
    public void decode(ByteBuffer source, float[] target, int at, int count) {
        source.asFloatBuffer().get(target, at, count);
    }

    @Override
    public String text(ByteBuffer source, int index) {
        return Float.toString(source.getFloat(index * Float.BYTES));
    }

    @Override
    public boolean holds(float value) {
        return true;
    }

    @Override
    public void encode(float[] source, int at, int count, ByteBuffer target) {
        target.asFloatBuffer().put(source, at, count);
    }
}
