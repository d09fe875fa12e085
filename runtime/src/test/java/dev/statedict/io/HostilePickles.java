package dev.statedict.io;

/**
 * Pickles that make much of little: a graph that unfolds to millions, a dict that thousands share. Large they are for a reader to be
 * refused soon, small for a fuzzer to begin with.
 */
final class HostilePickles {
    private static final String ORDERED_DICT = "ccollections\nOrderedDict\n)R";

    private HostilePickles() {}

    /** Each dict holds the one before it twice. */
    static String dictsInOneAnother(int levels) {
        StringBuilder pickle = new StringBuilder("\u0080\2}(");
        for (int level = 0; level < levels; level++) {
            String content = level == 0
                    ? text("x") + "K\1s"
                    : "(" + text("a") + get(level - 1) + text("b") + get(level - 1) + "u";
            pickle.append(text("k" + level)).append("}").append(put(level)).append(content);
        }
        return pickle + "u.";
    }

    /** Each list holds the one before it twice. */
    static String listsInOneAnother(int levels) {
        StringBuilder pickle = new StringBuilder("\u0080\2}" + text("v") + "(]" + put(0));
        for (int level = 1; level < levels; level++) {
            pickle.append("]")
                    .append(put(level))
                    .append("(")
                    .append(get(level - 1))
                    .append(get(level - 1))
                    .append("e");
        }
        return pickle + "ts.";
    }

    /** A dict whose metadata names modules, under many keys. */
    static String oneMetadata(int modules, int keys) {
        String metadata = "}(" + numbered(modules, "K\1") + "u";
        String dict = ORDERED_DICT + put(0) + "}" + text("_metadata") + ORDERED_DICT + text("") + metadata + "ssb";
        return "\u0080\2}(" + text("d") + dict + numbered(keys, get(0)) + "u.";
    }

    /** The extra state of many modules is one dict of texts. */
    static String oneExtraState(int texts, int modules) {
        StringBuilder pickle = new StringBuilder("\u0080\2}(");
        pickle.append(text("d")).append("}").append(put(0));
        pickle.append("(").append(numbered(texts, text("x"))).append("u");
        for (int module = 0; module < modules; module++) {
            pickle.append(text(module + "._extra_state")).append(get(0));
        }
        return pickle + "u.";
    }

    /** An instruction that makes something empty, again and again. */
    static String many(String instruction, int times) {
        return "\u0080\2}" + text("v") + "(" + instruction.repeat(times) + "ts.";
    }

    /** The arguments of a call are a call's, and so on. */
    static String callsInOneAnother(int levels) {
        StringBuilder pickle = new StringBuilder("\u0080\2(ctorch._tensor\n_rebuild_from_type_v2\n" + put(0));
        pickle.append("ctorch\nTensor\n").append(put(1)).append(")").append(put(2));
        for (int level = 0; level < levels; level++) {
            pickle.append("(").append(get(0)).append(get(1)).append(get(2 + level));
            pickle.append("Nt").append(put(3 + level));
        }
        return pickle.append(get(0)).append(get(levels + 2)).append("Rt.").toString();
    }

    static String text(String characters) {
        return "X" + littleEndian(characters.length()) + characters;
    }

    static String put(int index) {
        return "r" + littleEndian(index);
    }

    static String get(int index) {
        return "j" + littleEndian(index);
    }

    /** Items of a dict. */
    private static String numbered(int count, String value) {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < count; i++) {
            items.append(text(Integer.toString(i))).append(value);
        }
        return items.toString();
    }

    private static String littleEndian(int value) {
        StringBuilder bytes = new StringBuilder();
        for (int shift = 0; shift < 32; shift += 8) {
            bytes.append((char) (value >>> shift & 0xff));
        }
        return bytes.toString();
    }
}
