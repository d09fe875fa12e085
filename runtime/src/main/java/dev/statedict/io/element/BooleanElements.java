package dev.statedict.io.element;

import dev.statedict.tensor.ElementType;
import java.nio.ByteBuffer;

/** One byte each, 0 or 1. Readers of C take any other byte for true; here it is a broken file. */
enum BooleanElements implements StoredElements {
    INSTANCE;

    @Override
    public int size() {
        return 1;
    }

    @Override
    public ElementType inMemory() {
        return ElementType.BOOL;
    }

    @Override
    public int firstUnfit(ByteBuffer source, int count) {
        for (int i = 0; i < count; i++) {
            if ((source.get(i) & ~1) != 0) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void decode(ByteBuffer source, Object target, int at, int count) {
        boolean[] booleans = (boolean[]) target;
        for (int i = 0; i < count; i++) {
            booleans[at + i] = source.get(i) != 0;
        }
    }

    @Override
    public String text(ByteBuffer source, int index) {
        return Integer.toString(source.get(index) & 0xff);
    }

    @Override
    public void encode(Object source, int at, int count, ByteBuffer target) {
        boolean[] booleans = (boolean[]) source;
        for (int i = 0; i < count; i++) {
            target.put(i, (byte) (booleans[at + i] ? 1 : 0));
        }
    }
}
