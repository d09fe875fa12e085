package dev.statedict.io.numpy;

import dev.statedict.StoredType;
import dev.statedict.io.read.ForeignItem;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an array of NumPy is of: a type that tensors have, or something foreign.
 *
 * @param stored the type; null where it is foreign
 * @param order the order of the bytes of each element
 * @param foreign what it is instead; null where it is a type
 */
record Dtype(
        @Nullable StoredType stored,
        ByteOrder order,
        @Nullable ForeignItem foreign) {
    private static final Map<String, StoredType> TYPES = Map.ofEntries(
            Map.entry("f8", StoredType.F64),
            Map.entry("f4", StoredType.F32),
            Map.entry("f2", StoredType.F16),
            Map.entry("i8", StoredType.I64),
            Map.entry("i4", StoredType.I32),
            Map.entry("i2", StoredType.I16),
            Map.entry("i1", StoredType.I8),
            Map.entry("u8", StoredType.U64),
            Map.entry("u4", StoredType.U32),
            Map.entry("u2", StoredType.U16),
            Map.entry("u1", StoredType.U8),
            Map.entry("b1", StoredType.BOOL));

    /** The type of a {@code descr}. */
    static Dtype of(Object descr) {
        if (!(descr instanceof String text) || text.isEmpty()) {
            return foreign("a structured array of NumPy", "save its fields one by one");
        }
        boolean ordered = "<>|=".indexOf(text.charAt(0)) >= 0;
        String type = ordered ? text.substring(1) : text;
        StoredType stored = TYPES.get(type.equals("?") ? "b1" : type);
        if (stored != null) {
            ByteOrder order = text.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            return new Dtype(stored, order, null);
        }
        return switch (type.isEmpty() ? ' ' : type.charAt(0)) {
            case 'O' -> foreign("an array of Python objects", "load it with allow_pickle=True and save numbers");
            case 'U', 'S', 'a' -> foreign("an array of texts", "save numbers instead");
            case 'c' -> foreign("an array of complex numbers", "save array.real and array.imag instead");
            case 'M', 'm' -> foreign("an array of times", "save array.astype(\"int64\") instead");
            case 'f', 'g' -> foreign("an array of floats of " + text, "save array.astype(\"float64\") instead");
            case 'V' ->
                foreign(
                        "an array of raw bytes (" + text + "), perhaps of bfloat16",
                        "save array.astype(\"float32\") instead");
            default -> foreign("an array of NumPy of the type " + text, "save it as another type");
        };
    }

    private static Dtype foreign(String what, String mend) {
        return new Dtype(null, ByteOrder.LITTLE_ENDIAN, new ForeignItem(what, mend));
    }

    /** The {@code descr} of a type, as NumPy writes it; null where it has none. */
    static @Nullable String descr(StoredType stored) {
        for (Map.Entry<String, StoredType> type : TYPES.entrySet()) {
            if (type.getValue() == stored) {
                return (type.getKey().endsWith("1") ? "|" : "<") + type.getKey();
            }
        }
        return null;
    }
}
