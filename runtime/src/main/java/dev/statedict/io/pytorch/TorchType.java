package dev.statedict.io.pytorch;

import dev.statedict.StoredType;
import dev.statedict.io.element.StoredElements;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PyTorch's element types: {@code torch.float32}, and {@code torch.FloatStorage} where there is such a class. */
enum TorchType {
    FLOAT64("float64", "DoubleStorage", StoredType.F64),
    FLOAT32("float32", "FloatStorage", StoredType.F32),
    FLOAT16("float16", "HalfStorage", StoredType.F16),
    BFLOAT16("bfloat16", "BFloat16Storage", StoredType.BF16),
    INT64("int64", "LongStorage", StoredType.I64),
    INT32("int32", "IntStorage", StoredType.I32),
    INT16("int16", "ShortStorage", StoredType.I16),
    INT8("int8", "CharStorage", StoredType.I8),
    UINT8("uint8", "ByteStorage", StoredType.U8),
    BOOL("bool", "BoolStorage", StoredType.BOOL),
    // these came after storages had lost their types
    UINT64("uint64", null, StoredType.U64),
    UINT32("uint32", null, StoredType.U32),
    UINT16("uint16", null, StoredType.U16),
    FLOAT8_E4M3FN("float8_e4m3fn", null, StoredType.F8_E4M3),
    FLOAT8_E5M2("float8_e5m2", null, StoredType.F8_E5M2),
    FLOAT8_E4M3FNUZ("float8_e4m3fnuz", null, StoredType.F8_E4M3FNUZ),
    FLOAT8_E5M2FNUZ("float8_e5m2fnuz", null, StoredType.F8_E5M2FNUZ),
    // these no tensor of Java's can hold
    COMPLEX128("complex128", "ComplexDoubleStorage", 16),
    COMPLEX64("complex64", "ComplexFloatStorage", 8),
    COMPLEX32("complex32", null, 4),
    FLOAT8_E8M0FNU("float8_e8m0fnu", null, 1),
    FLOAT4_E2M1FN_X2("float4_e2m1fn_x2", null, 1),
    QINT32("qint32", "QInt32Storage", 4),
    QINT8("qint8", "QInt8Storage", 1),
    QUINT8("quint8", "QUInt8Storage", 1),
    QUINT4X2("quint4x2", "QUInt4x2Storage", 1),
    QUINT2X4("quint2x4", "QUInt2x4Storage", 1);

    private static final Map<String, TorchType> BY_DTYPE = new HashMap<>();
    private static final Map<String, TorchType> BY_STORAGE = new HashMap<>();

    static {
        for (TorchType type : values()) {
            BY_DTYPE.put(type.dtype, type);
            if (type.storage != null) {
                BY_STORAGE.put(type.storage, type);
            }
        }
    }

    private final String dtype;
    private final @Nullable String storage;
    private final @Nullable StoredType stored;
    private final int size;

    TorchType(String dtype, @Nullable String storage, StoredType stored) {
        this.dtype = dtype;
        this.storage = storage;
        this.stored = stored;
        this.size = StoredElements.of(stored).size();
    }

    TorchType(String dtype, @Nullable String storage, int size) {
        this.dtype = dtype;
        this.storage = storage;
        this.stored = null;
        this.size = size;
    }

    static TorchType of(StoredType stored) {
        for (TorchType type : values()) {
            if (type.stored == stored) {
                return type;
            }
        }
        throw new IllegalArgumentException("PyTorch has no " + stored);
    }

    /** The type of {@code torch.NAME}, or null. */
    static @Nullable TorchType ofDtype(String name) {
        return BY_DTYPE.get(name);
    }

    /** The type of the storage class {@code torch.NAME}, or null. */
    static @Nullable TorchType ofStorage(String name) {
        return BY_STORAGE.get(name);
    }

    /** Its name in {@code torch}. */
    String dtype() {
        return dtype;
    }

    /** The name of its storage class in {@code torch}, or null. */
    @Nullable
    String storage() {
        return storage;
    }

    /** How a tensor of Java's reads it, or null. */
    @Nullable
    StoredType stored() {
        return stored;
    }

    /** How many bytes an element takes. */
    int size() {
        return size;
    }

    /** What a value of the type in a pickle reads as: {@code torch.float32}. */
    @Override
    public String toString() {
        return "torch." + dtype;
    }
}
