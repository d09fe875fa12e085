package dev.statedict.io.pytorch;

import dev.statedict.io.file.Names;
import dev.statedict.io.pickle.ForeignObject;
import dev.statedict.io.pickle.PickleGlobals;
import dev.statedict.io.pickle.PickledDict;
import dev.statedict.io.pickle.PickledSequence;
import dev.statedict.io.pytorch.PickledTensor.Storage;
import dev.statedict.io.read.FileTensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint may name: dicts, dense tensors and their storages, parameters, and a few plain values. A subset of what
 * {@code torch.load(weights_only=True)} allows.
 */
final class TorchGlobals implements PickleGlobals {
    /** Everything that can be called, and how many of its arguments matter. */
    private enum Function {
        ORDERED_DICT("collections", "OrderedDict", 1),
        COUNTER("collections", "Counter", 1),
        SET("builtins", "set", 1),
        SET_OF_PYTHON_2("__builtin__", "set", 1),
        ENCODE("_codecs", "encode", 2),
        BYTEARRAY("builtins", "bytearray", 2),
        BYTEARRAY_OF_PYTHON_2("__builtin__", "bytearray", 2),
        COMPLEX("builtins", "complex", 2),
        COMPLEX_OF_PYTHON_2("__builtin__", "complex", 2),
        SIZE("torch", "Size", 1),
        DEVICE("torch", "device", 2),
        REBUILD_TENSOR("torch._utils", "_rebuild_tensor", 4),
        REBUILD_TENSOR_V2("torch._utils", "_rebuild_tensor_v2", 4),
        REBUILD_TENSOR_V3("torch._utils", "_rebuild_tensor_v3", 7),
        REBUILD_PARAMETER("torch._utils", "_rebuild_parameter", 1),
        REBUILD_PARAMETER_WITH_STATE("torch._utils", "_rebuild_parameter_with_state", 1),
        REBUILD_FROM_TYPE("torch._tensor", "_rebuild_from_type_v2", 3);

        private static final Map<String, Function> BY_NAME =
                Stream.of(values()).collect(Collectors.toMap(Function::toString, function -> function));

        private final String module;
        private final String name;
        private final int arguments;

        Function(String module, String name, int arguments) {
            this.module = module;
            this.name = name;
            this.arguments = arguments;
        }

        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /** {@code torch.FloatStorage} and the like; null where tensors say what their bytes mean. */
    private record StorageClass(@Nullable TorchType type) {
        @Override
        public String toString() {
            return type == null ? "torch.UntypedStorage" : "torch." + type.storage();
        }
    }

    /** A type of tensors that {@code _rebuild_from_type_v2} may be asked for. */
    private record TensorClass(String name) {
        @Override
        public String toString() {
            return "torch." + name;
        }
    }

    private static final int MAX_DEVICE = 100;

    private final Map<String, Storage> storages = new HashMap<>();

    // what a call makes as large as an argument is made once for each argument: a few bytes repeat a call
    private final Map<String, ByteBuffer> encoded = new IdentityHashMap<>();
    private final Set<PickledSequence> pairLists = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Every storage that was named so far, by its key. */
    Map<String, Storage> storages() {
        return storages;
    }

    @Override
    public @Nullable Object find(String module, String name) {
        Function function = Function.BY_NAME.get(module + "." + name);
        if (function != null) {
            return function;
        }
        if (module.equals("torch.storage") && name.equals("UntypedStorage")) {
            return new StorageClass(null);
        }
        if ((module.equals("torch") && name.equals("Tensor"))
                || (module.equals("torch.nn.parameter") && name.equals("Parameter"))) {
            return new TensorClass(name);
        }
        TorchType dtype = module.equals("torch") ? TorchType.ofDtype(name) : null;
        if (dtype != null) {
            return dtype;
        }
        TorchType storage = module.equals("torch") ? TorchType.ofStorage(name) : null;
        return storage == null ? null : new StorageClass(storage);
    }

    @Override
    public @Nullable Object call(Object callable, List<@Nullable Object> arguments) {
        if (callable instanceof TensorClass && !arguments.isEmpty() && arguments.get(0) instanceof PickledTensor data) {
            return data;
        }
        if (!(callable instanceof Function function)) {
            return null;
        }
        for (Object argument : arguments.subList(0, Math.min(function.arguments, arguments.size()))) {
            if (argument instanceof ForeignObject) {
                // what is made of something foreign is as foreign
                return argument;
            }
        }
        Arguments given = new Arguments(function.toString(), arguments);
        return switch (function) {
            case ORDERED_DICT -> orderedDict(given);
            case COUNTER -> given.get(0, PickledDict.class);
            case SET, SET_OF_PYTHON_2, SIZE -> given.get(0, PickledSequence.class);
            case ENCODE -> encode(given);
            case BYTEARRAY, BYTEARRAY_OF_PYTHON_2 -> bytearray(given);
            case COMPLEX, COMPLEX_OF_PYTHON_2 -> complex(given);
            case DEVICE -> device(given);
            case REBUILD_TENSOR, REBUILD_TENSOR_V2 -> tensor(given);
            case REBUILD_TENSOR_V3 -> untypedTensor(given);
            case REBUILD_PARAMETER, REBUILD_PARAMETER_WITH_STATE -> given.get(0, PickledTensor.class);
            case REBUILD_FROM_TYPE -> ofType(given);
        };
    }

    private PickledDict orderedDict(Arguments given) {
        if (given.size() == 0) {
            return new PickledDict();
        }
        // Python 2 hands over its items as pairs
        PickledSequence pairs = given.get(0, PickledSequence.class);
        if (!pairLists.add(pairs)) {
            throw new IllegalArgumentException("two dicts are made of the same pairs");
        }
        PickledDict dict = new PickledDict();
        for (Object item : pairs.elements()) {
            Arguments pair =
                    new Arguments("a pair", item instanceof PickledSequence sequence ? sequence.elements() : List.of());
            dict.put(pair.any(0), pair.any(1));
        }
        return dict;
    }

    /** Protocol 2 has no bytes: they are made of text whose characters they are. */
    private ByteBuffer encode(Arguments given) {
        String encoding = given.get(1, String.class);
        if (!encoding.equals("latin1") && !encoding.equals("latin-1")) {
            throw new IllegalArgumentException("bytes are encoded as latin1");
        }
        return encoded.computeIfAbsent(given.get(0, String.class), TorchGlobals::latin1);
    }

    /** Of no argument, of bytes, or, by older Pythons, of text as {@link #encode}. */
    private ByteBuffer bytearray(Arguments given) {
        if (given.size() == 0) {
            return ByteBuffer.allocate(0).asReadOnlyBuffer();
        }
        return given.any(0) instanceof ByteBuffer bytes ? bytes : encode(given);
    }

    /** The real and the imaginary part. */
    private static PickledSequence complex(Arguments given) {
        return PickledSequence.tuple(List.of(given.get(0, Double.class), given.get(1, Double.class)));
    }

    private static ByteBuffer latin1(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (!new String(bytes, StandardCharsets.ISO_8859_1).equals(text)) {
            throw new IllegalArgumentException("a byte is beyond 255");
        }
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private static String device(Arguments given) {
        String type = given.get(0, String.class);
        if (type.length() > MAX_DEVICE) {
            throw new IllegalArgumentException("no device has a name of " + type.length() + " characters");
        }
        return given.size() == 1 ? type : type + ":" + given.get(1, Long.class);
    }

    private static PickledTensor tensor(Arguments given) {
        Storage storage = given.get(0, Storage.class);
        if (storage.type() == null) {
            throw new IllegalArgumentException("its storage has no type");
        }
        return tensor(given, storage, storage.type(), given.any(6));
    }

    private static PickledTensor untypedTensor(Arguments given) {
        Storage storage = given.get(0, Storage.class);
        if (storage.type() != null) {
            throw new IllegalArgumentException("its storage has a type");
        }
        return tensor(given, storage, given.get(6, TorchType.class), given.any(7));
    }

    private static PickledTensor tensor(Arguments given, Storage storage, TorchType type, @Nullable Object metadata) {
        boolean isPending = metadata instanceof PickledDict dict && dict.items().containsValue(true);
        return new PickledTensor(storage, type, given.get(1, Long.class), given.longs(2), given.longs(3), isPending);
    }

    private @Nullable Object ofType(Arguments given) {
        given.get(1, TensorClass.class);
        Function function = given.get(0, Function.class);
        if (function == Function.REBUILD_FROM_TYPE) {
            // PyTorch writes none within another, and a pickle could nest them without end
            throw new IllegalArgumentException("argument 1 of " + function + " is that function itself");
        }
        return call(function, given.get(2, PickledSequence.class).elements());
    }

    @Override
    public @Nullable Object persistent(@Nullable Object id) {
        if (!(id instanceof PickledSequence parts)) {
            return null;
        }
        Arguments given = new Arguments("a storage", parts.elements());
        String kind = given.get(0, String.class);
        if (given.any(1) instanceof ForeignObject foreign && (kind.equals("storage") || kind.equals("module"))) {
            // of a module its class, which older versions kept with its source
            return foreign;
        }
        if (!kind.equals("storage")) {
            return null;
        }
        if (given.size() > 5 && given.any(5) != null) {
            throw new IllegalArgumentException("a view of a storage, as PyTorch wrote before version 0.4");
        }
        Storage reference = new Storage(
                given.get(2, String.class), given.get(1, StorageClass.class).type(), given.get(4, Long.class));
        Storage before = storages.putIfAbsent(reference.key(), reference);
        if (before != null && !before.equals(reference)) {
            throw new IllegalArgumentException(
                    "the storage " + Names.quote(reference.key()) + " is said to be two different things");
        }
        return reference;
    }

    /** The arguments of a call, checked as they are taken. */
    private record Arguments(String function, List<@Nullable Object> values) {
        int size() {
            return values.size();
        }

        @Nullable
        Object any(int index) {
            return index < values.size() ? values.get(index) : null;
        }

        <T> T get(int index, Class<T> type) {
            Object value = any(index);
            if (!type.isInstance(value)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "argument %d of %s is not what it should be", index + 1, function));
            }
            return type.cast(value);
        }

        long[] longs(int index) {
            List<@Nullable Object> elements = get(index, PickledSequence.class).elements();
            if (elements.size() > FileTensor.MAX_DIMENSIONS) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "argument %d of %s has %,d dimensions, at most %d are allowed",
                        index + 1,
                        function,
                        elements.size(),
                        FileTensor.MAX_DIMENSIONS));
            }
            long[] longs = new long[elements.size()];
            for (int i = 0; i < longs.length; i++) {
                if (!(elements.get(i) instanceof Long value)) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT, "argument %d of %s is no tuple of integers", index + 1, function));
                }
                longs[i] = value;
            }
            return longs;
        }
    }
}
