package dev.statedict.io.element;

import java.nio.ByteBuffer;

/** One byte each, 0 or 1. Readers of C take any other byte for true; here it is a broken file. */
enum BooleanElements implements StoredElements {
    INSTANCE;

    @Override
    public int size() {
        return 1;
    }

    @Override
    public int firstUnfit(ByteBuffer source, int count, boolean rounding) {
        for (int i = 0; i < count; i++) {
            if ((source.get(i) & ~1) != 0) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void decode(ByteBuffer source, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = source.get(i);
        }
    }

    @Override
    public String text(ByteBuffer source, int index) {
        return Integer.toString(source.get(index) & 0xff);
    }

    @Override
    public boolean holds(float value) {
        return Float.compare(value, 0) == 0 || value == 1;
    }

    @Override
    public void encode(float[] source, int at, int count, ByteBuffer target) {
        for (int i = 0; i < count; i++) {
            target.put(i, (byte) source[at + i]);
        }
    }
}
