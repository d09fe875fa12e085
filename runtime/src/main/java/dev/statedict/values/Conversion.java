package dev.statedict.values;

import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StoredType;
import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.ExtraStateValue;

/** A dict as another floating-point type. */
public final class Conversion {
    private Conversion() {}

    /** The floating-point entries as another type, each tie once; the others copied. */
    public static StateDict to(StateDict dict, ElementType type) {
        if (!type.isFloatingPoint()) {
            throw new IllegalArgumentException(
                    type + " is no floating-point type; convert single tensors by Tensor.to, or give F32 or F64");
        }
        StateDictBuilder builder = StateDict.builder();
        TieGroups<Tensor> converted = new TieGroups<>(dict.size());
        dict.copy().forEach((key, before) -> {
            Tensor after = before;
            if (before.elementType().isFloatingPoint() && before.elementType() != type) {
                Tensor tied = converted.get(before);
                after = tied == null ? convert(key, before, type) : tied;
                converted.put(before, after);
            }
            // what was stored as it was in memory stays so
            boolean own = dict.storedType(key) == StoredType.of(before.elementType());
            builder.put(key, after, dict.role(key), own ? StoredType.of(after.elementType()) : dict.storedType(key));
        });
        dict.extraState().forEach((path, value) -> new ExtraStateValue(value).addTo(builder, path));
        dict.versions().forEach(builder::version);
        return builder.build();
    }

    private static Tensor convert(String key, Tensor tensor, ElementType type) {
        try {
            return tensor.to(type);
        } catch (ArithmeticException inexact) {
            throw new ArithmeticException("\"" + key + "\": " + inexact.getMessage());
        }
    }
}
