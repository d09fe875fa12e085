package dev.statedict.io.pytorch;

import dev.statedict.StoredType;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PyTorch's names of element types: {@code torch.float32}, and {@code torch.FloatStorage} where there is one. */
final class TorchTypes {
    private static final Map<StoredType, String> DTYPES = new EnumMap<>(Map.ofEntries(
            Map.entry(StoredType.F64, "float64"),
            Map.entry(StoredType.F32, "float32"),
            Map.entry(StoredType.F16, "float16"),
            Map.entry(StoredType.BF16, "bfloat16"),
            Map.entry(StoredType.I64, "int64"),
            Map.entry(StoredType.I32, "int32"),
            Map.entry(StoredType.I16, "int16"),
            Map.entry(StoredType.I8, "int8"),
            Map.entry(StoredType.U64, "uint64"),
            Map.entry(StoredType.U32, "uint32"),
            Map.entry(StoredType.U16, "uint16"),
            Map.entry(StoredType.U8, "uint8"),
            Map.entry(StoredType.BOOL, "bool")));

    /** Unsigned types of more than a byte came after storages had lost their types. */
    private static final Map<StoredType, String> STORAGES = new EnumMap<>(Map.of(
            StoredType.F64, "DoubleStorage",
            StoredType.F32, "FloatStorage",
            StoredType.F16, "HalfStorage",
            StoredType.BF16, "BFloat16Storage",
            StoredType.I64, "LongStorage",
            StoredType.I32, "IntStorage",
            StoredType.I16, "ShortStorage",
            StoredType.I8, "CharStorage",
            StoredType.U8, "ByteStorage",
            StoredType.BOOL, "BoolStorage"));

    private TorchTypes() {}

    static String dtype(StoredType type) {
        return DTYPES.getOrDefault(type, "");
    }

    static @Nullable String storage(StoredType type) {
        return STORAGES.get(type);
    }

    static @Nullable StoredType ofDtype(String name) {
        return find(DTYPES, name);
    }

    static @Nullable StoredType ofStorage(String name) {
        return find(STORAGES, name);
    }

    private static @Nullable StoredType find(Map<StoredType, String> names, String wanted) {
        for (Map.Entry<StoredType, String> entry : names.entrySet()) {
            if (entry.getValue().equals(wanted)) {
                return entry.getKey();
            }
        }
        return null;
    }
}
