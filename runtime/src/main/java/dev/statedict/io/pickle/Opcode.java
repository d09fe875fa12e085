package dev.statedict.io.pickle;

import org.jspecify.annotations.Nullable;

/**
 * The instructions of a pickle that are understood: those that PyTorch's own restricted reader knows, and those by which
 * Python pickles other objects in the protocols that it reads.
 */
enum Opcode {
    PROTO(0x80),
    STOP('.'),
    GLOBAL('c'),
    REDUCE('R'),
    BUILD('b'),
    NEWOBJ(0x81),
    BINPERSID('Q'),
    MARK('('),
    POP('0'),
    POP_MARK('1'),
    BINPUT('q'),
    LONG_BINPUT('r'),
    BINGET('h'),
    LONG_BINGET('j'),
    NONE('N'),
    NEWTRUE(0x88),
    NEWFALSE(0x89),
    BININT('J'),
    BININT1('K'),
    BININT2('M'),
    LONG1(0x8a),
    LONG4(0x8b),
    BINFLOAT('G'),
    BINUNICODE('X'),
    /** Python 2's {@code str}. */
    BINSTRING('T'),
    /** Python 2's short {@code str}. */
    SHORT_BINSTRING('U'),
    /** Bytes of protocol 3, of which there are none but in foreign objects. */
    BINBYTES('B'),
    SHORT_BINBYTES('C'),
    EMPTY_TUPLE(')'),
    TUPLE1(0x85),
    TUPLE2(0x86),
    TUPLE3(0x87),
    TUPLE('t'),
    EMPTY_LIST(']'),
    APPEND('a'),
    APPENDS('e'),
    EMPTY_DICT('}'),
    SETITEM('s'),
    SETITEMS('u');

    private static final @Nullable Opcode[] BY_CODE = new Opcode[256];

    static {
        for (Opcode opcode : values()) {
            BY_CODE[opcode.code] = opcode;
        }
    }

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The instruction of a code from 0 to 255, or null when it is none that is understood. */
    static @Nullable Opcode of(int code) {
        return BY_CODE[code];
    }
}
