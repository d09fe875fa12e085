package dev.statedict.io.pickle;

import org.jspecify.annotations.Nullable;

/** The instructions of a pickle that are understood; those that PyTorch's own restricted reader knows, or fewer. */
enum Opcode {
    PROTO(0x80),
    STOP('.'),
    GLOBAL('c'),
    REDUCE('R'),
    BUILD('b'),
    BINPERSID('Q'),
    MARK('('),
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
    BINFLOAT('G'),
    BINUNICODE('X'),
    /** Python 2's {@code str}. */
    BINSTRING('T'),
    /** Python 2's short {@code str}. */
    SHORT_BINSTRING('U'),
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
