package dev.statedict.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Members that wait for their group's turn, as a stack: those of a module lie above those of the modules around it. */
final class WaitingMembers {
    private String[] names = new String[16];
    private Object[] values = new Object[16];
    private int size;

    /** Adds a member on top, of new ones where there are none. */
    static WaitingMembers add(@Nullable WaitingMembers before, String name, Object value) {
        WaitingMembers waiting = before == null ? new WaitingMembers() : before;
        waiting.add(name, value);
        return waiting;
    }

    private void add(String name, Object value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size] = value;
        size++;
    }

    int size() {
        return size;
    }

    String name(int index) {
        return names[index];
    }

    Object value(int index) {
        return values[index];
    }

    /** Takes away what lies on top. */
    void shrinkTo(int newSize) {
        size = newSize;
    }
}
