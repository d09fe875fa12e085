package dev.statedict.io.element;

import java.nio.ByteBuffer;

/** IEEE 754 double precision. */
enum Float64Elements implements StoredElements {
    INSTANCE;

    @Override
    public int size() {
        return Double.BYTES;
    }

    @Override
    public boolean isFloatingPoint() {
        return true;
    }

    @Override
    public int firstUnfit(ByteBuffer source, int count, boolean rounding) {
        for (int i = 0; i < count; i++) {
            double value = source.getDouble(i * Double.BYTES);
            float nearest = (float) value;
            boolean fits = rounding ? Float.isFinite(nearest) || !Double.isFinite(value) : nearest == value;
            if (!fits && !Double.isNaN(value)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void decode(ByteBuffer source, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = (float) source.getDouble(i * Double.BYTES);
        }
    }

    @Override
    public String text(ByteBuffer source, int index) {
        return Double.toString(source.getDouble(index * Double.BYTES));
    }

    @Override
    public boolean holds(float value) {
        return true;
    }

    @Override
    public void encode(float[] source, int at, int count, ByteBuffer target) {
        for (int i = 0; i < count; i++) {
            target.putDouble(i * Double.BYTES, source[at + i]);
        }
    }
}
