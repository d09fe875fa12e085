package dev.statedict.io.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes one pickle of protocol 2, instruction by instruction. Names are memorized, so that each stands there once; texts
 * that come again and again can be.
 */
public final class PickleWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<String, Integer> memo = new HashMap<>();

    /** A pickle that has begun. */
    public PickleWriter() {
        write(Opcode.PROTO);
        bytes.write(2);
    }

    /**
     * Pushes what a name stands for.
     *
     * @param module the Python module
     * @param name the name in it
     * @return this writer
     */
    public PickleWriter global(String module, String name) {
        return memorized("c" + module + "\n" + name, () -> {
            write(Opcode.GLOBAL);
            bytes.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        });
    }

    /**
     * Pushes a text that will come again.
     *
     * @param text the text
     * @return this writer
     */
    public PickleWriter sharedText(String text) {
        return memorized("X" + text, () -> text(text));
    }

    /**
     * Pushes a text.
     *
     * @param text the text, which UTF-8 can express
     * @return this writer
     */
    public PickleWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        write(Opcode.BINUNICODE);
        littleEndian(utf8.length, Integer.BYTES);
        bytes.writeBytes(utf8);
        return this;
    }

    /**
     * Pushes an integer.
     *
     * @param value zero or more
     * @return this writer
     */
    public PickleWriter integer(long value) {
        if (value < 1 << 8) {
            write(Opcode.BININT1);
            littleEndian(value, 1);
        } else if (value < 1 << 16) {
            write(Opcode.BININT2);
            littleEndian(value, 2);
        } else if (value <= Integer.MAX_VALUE) {
            write(Opcode.BININT);
            littleEndian(value, 4);
        } else {
            write(Opcode.LONG1);
            bytes.write(Long.BYTES);
            littleEndian(value, Long.BYTES);
        }
        return this;
    }

    /** {@return this writer, with False pushed} */
    public PickleWriter no() {
        return write(Opcode.NEWFALSE);
    }

    /** {@return this writer, with an empty dict pushed} */
    public PickleWriter emptyDict() {
        return write(Opcode.EMPTY_DICT);
    }

    /** {@return this writer, with an empty tuple pushed} */
    public PickleWriter emptyTuple() {
        return write(Opcode.EMPTY_TUPLE);
    }

    /** {@return this writer; what is pushed from here on goes together} */
    public PickleWriter mark() {
        return write(Opcode.MARK);
    }

    /** {@return this writer, with all since the mark as a tuple} */
    public PickleWriter tuple() {
        return write(Opcode.TUPLE);
    }

    /** {@return this writer, with all since the mark, keys and values in turn, in the dict before it} */
    public PickleWriter setItems() {
        return write(Opcode.SETITEMS);
    }

    /** {@return this writer, with the function before the tuple called with it} */
    public PickleWriter call() {
        return write(Opcode.REDUCE);
    }

    /** {@return this writer, with the tuple on top replaced by what it names outside of the pickle} */
    public PickleWriter persistent() {
        return write(Opcode.BINPERSID);
    }

    /** {@return this writer, with the dict on top as the attributes of the object before it} */
    public PickleWriter attributes() {
        return write(Opcode.BUILD);
    }

    /** {@return the pickle, ended} */
    public byte[] finish() {
        write(Opcode.STOP);
        return bytes.toByteArray();
    }

    private PickleWriter memorized(String key, Runnable first) {
        Integer index = memo.get(key);
        if (index == null) {
            first.run();
            memo.put(key, memo.size());
            // names and shared texts are few
            write(Opcode.BINPUT);
            bytes.write(memo.size() - 1);
        } else {
            write(Opcode.BINGET);
            bytes.write(index);
        }
        return this;
    }

    private PickleWriter write(Opcode opcode) {
        bytes.write(opcode.code());
        return this;
    }

    private void littleEndian(long value, int size) {
        for (int i = 0; i < size; i++) {
            bytes.write((int) (value >>> i * 8));
        }
    }
}
