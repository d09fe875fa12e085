package dev.statedict.values;

import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;

/** What is asked of the entries of dicts that values flow between. */
public final class Entries {
    private Entries() {}

    /** Whether arithmetic makes sense of an entry: not of counters, masks and indices, for a mean of counts means nothing. */
    public static boolean isComputed(StateDict dict, String key) {
        return dict.role(key) != Role.COUNTER
                && find(dict, key).elementType().isFloatingPoint()
                && switch (dict.storedType(key)) {
                    case F64, F32, F16, BF16, F8_E4M3, F8_E5M2, F8_E4M3FNUZ, F8_E5M2FNUZ -> true;
                    case I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> false;
                };
    }

    /** The tensor under a key that the dict has. */
    public static Tensor find(StateDict dict, String key) {
        Tensor tensor = dict.get(key);
        if (tensor == null) {
            throw new AssertionError(key);
        }
        return tensor;
    }
}
