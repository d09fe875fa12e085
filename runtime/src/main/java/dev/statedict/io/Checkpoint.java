package dev.statedict.io;

import dev.statedict.Role;
import dev.statedict.SchemaReport;
import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StateDictSchema;
import dev.statedict.StoredType;
import dev.statedict.io.copy.Origin;
import dev.statedict.io.copy.UnreadEntries;
import dev.statedict.io.element.TensorDigest;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.read.ForeignItem;
import dev.statedict.io.read.TensorReader;
import dev.statedict.io.transfer.Progress;
import dev.statedict.schema.SchemaCheck;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.PossibleTies;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open file: what it holds is known, its tensors are read when they are asked for, from wherever they lie, however
 * large the file.
 *
 * {@snippet class="com.example.Loading" region="open"}
 *
 * <p>The file may be replaced or deleted meanwhile; the open one stays what it is. Not for several threads at a time.
 */
public final class Checkpoint implements Closeable {
    private final String name;
    private final @Nullable Path path;
    private final FileContent content;
    private final Progress progress;
    private final TensorReader reader;
    private final boolean skipsForeign;

    Checkpoint(String name, @Nullable Path path, FileContent content, ReadOptions options) {
        this.name = name;
        this.path = path;
        this.content = content;
        this.skipsForeign = options.skipsForeign();
        this.progress = new Progress(options.progress()::progress);
        this.reader = new TensorReader(progress);
    }

    /** {@return the keys of all tensors, tied ones included, in the file's order; unmodifiable} */
    public Set<String> keys() {
        return Collections.unmodifiableSet(content.tensors().keySet());
    }

    /**
     * The shape of a tensor.
     *
     * @param key one of {@link #keys()}
     * @return the size of each dimension, none for a 0-d tensor
     * @throws IllegalArgumentException when there is no such key
     */
    public int[] shape(String key) {
        return find(key).shape().clone();
    }

    /**
     * The type that a tensor is stored as.
     *
     * @param key one of {@link #keys()}
     * @return its type in the file; read, it has the smallest {@link dev.statedict.tensor.ElementType} that holds all its values
     * @throws IllegalArgumentException when there is no such key
     */
    public StoredType storedType(String key) {
        return find(key).storage().type();
    }

    /**
     * Where a tensor lies; nothing is read.
     *
     * @param key one of {@link #keys()}
     * @return the file, where it is one, and the bytes
     * @throws IllegalArgumentException when there is no such key
     */
    public TensorLocation location(String key) {
        FileTensor tensor = find(key);
        return new TensorLocation(tensor.path(), tensor.position(), tensor.byteCount(), boxed(tensor.strides()));
    }

    /**
     * Texts that the file carries about itself. In safetensors a text that is the name of a tensor makes the text's own name a
     * tie of it, as {@code safetensors.torch.save_model} writes ties; as it may be so by chance, it is among these texts too,
     * and a module that lacks the name calls it no unexpected key.
     *
     * @return an unmodifiable map; for example <code>{"format": "pt"}</code>
     */
    public Map<String, String> metadata() {
        Map<String, String> texts = new LinkedHashMap<>(content.metadata());
        texts.remove(Signing.KEY);
        return Collections.unmodifiableMap(texts);
    }

    /**
     * Whether there is a signature, as {@link WriteOptions#withSigner} leaves. That proves nothing; a signature is verified by
     * opening the file with {@link ReadOptions#withVerification}.
     *
     * @return whether there is
     */
    public boolean isSigned() {
        return content.metadata().containsKey(Signing.KEY);
    }

    /**
     * What a PyTorch checkpoint holds beside tensors, by dotted path: the {@code epoch} of <code>{"model": {...}, "epoch":
     * 3}</code>, the {@code optimizer.param_groups} of an optimizer's part.
     *
     * @return an unmodifiable map of plain values, and never of anything else: null, {@code Boolean}, {@code Long} or
     *     {@code BigInteger}, {@code Double}, {@code String}, read-only {@code ByteBuffer}, unmodifiable {@code List} (of a
     *     list, tuple or set; of a complex number its two parts) and {@code Map<String, ?>} of such
     */
    public Map<String, @Nullable Object> values() {
        return Collections.unmodifiableMap(content.values());
    }

    /**
     * What the file holds that is neither a tensor of Java's nor a plain value: objects of Python such as an {@code
     * argparse.Namespace} or a NumPy scalar, sparse, quantized and complex tensors. Each is only named; nothing of it is
     * executed.
     *
     * @return an unmodifiable map by key or dotted path, for example <code>{"args": "an argparse.Namespace; save
     *     vars(namespace) instead"}</code>
     */
    public Map<String, String> foreign() {
        Map<String, String> described = new LinkedHashMap<>();
        content.foreign().forEach((path, item) -> described.put(path, item.toString()));
        return Collections.unmodifiableMap(described);
    }

    /**
     * Extra state of modules.
     *
     * @return as {@link StateDict#extraState()}
     */
    public Map<String, @Nullable Object> extraState() {
        return Collections.unmodifiableMap(content.reserved().extraState());
    }

    /**
     * The versions of the classes that made the state.
     *
     * @return as {@link StateDict#versions()}; empty for files of other libraries
     */
    public Map<String, Integer> versions() {
        return Collections.unmodifiableMap(content.reserved().versions());
    }

    /**
     * The digests that {@link WriteOptions#withDigest()} left in the file. Each is checked whenever its tensor is read.
     *
     * @return by key: SHA-256 of the tensor's bytes, row-major and little-endian, in hexadecimal; unmodifiable
     */
    public Map<String, String> digests() {
        return Collections.unmodifiableMap(content.reserved().digests());
    }

    /**
     * Checks, without reading a tensor, whether the file can be loaded into a module.
     *
     * @param schema what the module must have
     * @return what speaks against it
     */
    public SchemaReport check(StateDictSchema schema) {
        List<SchemaCheck.Stored> stored = new ArrayList<>();
        extraState().keySet().forEach(module -> stored.add(SchemaCheck.Stored.extraState(module)));
        for (String key : keys()) {
            stored.add(new SchemaCheck.Stored(
                    key,
                    boxed(shape(key)),
                    storedType(key),
                    content.possibleTies().contains(key)));
        }
        return SchemaCheck.check(schema, stored, versions());
    }

    /**
     * Reads one tensor and nothing else.
     *
     * @param key one of {@link #keys()}
     * @return a fresh tensor, which shares nothing, also not with what earlier calls gave
     * @throws IllegalArgumentException when there is no such key
     * @throws CheckpointFormatException when there is something foreign under the key, or the tensor holds what no type of Java's does, or has changed since it was written
     * @throws IOException when the file cannot be read
     */
    public Tensor tensor(String key) throws IOException {
        ForeignItem foreign = content.foreign().get(key);
        if (foreign != null) {
            throw new CheckpointFormatException(name, path, new FormatException(Names.quote(key) + " is " + foreign));
        }
        Map<String, FileTensor> wanted = Map.of(key, find(key));
        Map<String, Tensor> read = verified(() -> reader.read(wanted));
        return read.values().iterator().next();
    }

    /**
     * Reads all tensors.
     *
     * @return a dict of fresh tensors, tied where the file's are, in the file's order
     * @throws CheckpointFormatException when something foreign is there and was not to be skipped, or a tensor holds what no type of Java's does, or has changed since it was written
     * @throws IOException when the file cannot be read
     */
    public StateDict stateDict() throws IOException {
        if (!skipsForeign) {
            refuseForeign();
        }
        FileContent.Whole whole = content.whole();
        Map<String, Tensor> tensors =
                verified(whole != null ? () -> whole.read(progress) : () -> reader.read(content.tensors()));
        StateDictBuilder builder = StateDict.builder();
        tensors.forEach((key, tensor) -> builder.put(key, tensor, role(key), rememberedType(key)));
        addBeside(builder);
        PossibleTies.mark(builder, content.possibleTies());
        return builder.build();
    }

    private void addBeside(StateDictBuilder builder) {
        content.reserved().extraState().forEach((module, value) -> new ExtraStateValue(value).addTo(builder, module));
        content.reserved().versions().forEach(builder::version);
    }

    /**
     * All tensors, to be saved elsewhere without being in memory together. Nothing is read until then.
     *
     * @return what the file holds, for as long as it is open
     * @throws CheckpointFormatException when something foreign is there and was not to be skipped
     */
    public UnreadStateDict unread() throws CheckpointFormatException {
        if (!skipsForeign) {
            refuseForeign();
        }
        StateDictBuilder builder = StateDict.builder();
        addBeside(builder);
        return new UnreadStateDict(UnreadEntries.of(new Copied(), content.tensors(), builder, content.possibleTies()));
    }

    /** What is copied from here, in any number of threads. */
    private final class Copied implements Origin {
        private final TensorReader copying = new TensorReader(new Progress((done, total) -> {}));

        @Override
        public synchronized Map<String, Tensor> read(Map<String, FileTensor> tensors) throws IOException {
            return verified(() -> copying.read(tensors));
        }

        @Override
        public Role role(String key) {
            return Checkpoint.this.role(key);
        }

        @Override
        public StoredType rememberedType(String key) {
            return Checkpoint.this.rememberedType(key);
        }

        @Override
        public boolean hasDigest(String key) {
            return content.reserved().digests().containsKey(key);
        }

        @Override
        public void requireDigest(String key, String found) throws IOException {
            try {
                Checkpoint.this.requireDigest(key, found);
            } catch (FormatException changed) {
                throw named(changed);
            }
        }

        @Override
        public IOException named(FormatException problem) {
            return new CheckpointFormatException(name, path, problem);
        }
    }

    private void refuseForeign() throws CheckpointFormatException {
        try {
            content.refuseForeign();
        } catch (FormatException foreign) {
            throw new CheckpointFormatException(name, path, foreign);
        }
    }

    /** Training changes floats; a count, a mask or an index is a buffer. Most files say no more. */
    private Role role(String key) {
        FileContent.Kind kind = content.kinds().get(key);
        if (kind != null && kind.role() != null) {
            return kind.role();
        }
        return find(key).storage().elements().isFloatingPoint() ? Role.PARAMETER : Role.BUFFER;
    }

    private StoredType rememberedType(String key) {
        FileContent.Kind kind = content.kinds().get(key);
        return kind != null && kind.storedType() != null ? kind.storedType() : storedType(key);
    }

    /** Reads tensors. */
    private interface Reading {
        Map<String, Tensor> read() throws IOException;
    }

    private Map<String, Tensor> verified(Reading reading) throws IOException {
        try {
            Map<String, Tensor> tensors = reading.read();
            for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
                verify(entry.getKey(), entry.getValue());
            }
            return tensors;
        } catch (FormatException broken) {
            throw new CheckpointFormatException(name, path, broken);
        }
    }

    private void verify(String key, Tensor tensor) throws FormatException {
        if (content.reserved().digests().containsKey(key)) {
            requireDigest(key, TensorDigest.of(tensor, storedType(key)));
        }
    }

    private void requireDigest(String key, String found) throws FormatException {
        String expected = content.reserved().digests().getOrDefault(key, found);
        if (!found.equals(expected)) {
            throw FormatException.of(
                    "%s: its bytes have SHA-256 %s, expected %s; it has changed since it was written",
                    Names.quote(key), found, expected);
        }
    }

    private static List<Integer> boxed(int[] sizes) {
        Integer[] boxed = new Integer[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            boxed[i] = sizes[i];
        }
        return List.of(boxed);
    }

    private FileTensor find(String key) {
        FileTensor tensor = content.tensors().get(key);
        ForeignItem foreign = content.foreign().get(key);
        if (foreign != null) {
            throw new IllegalArgumentException(name + ": " + Names.quote(key) + " is " + foreign);
        }
        if (tensor == null) {
            throw new IllegalArgumentException("no key " + Names.quote(key) + " in " + name + "; there are "
                    + Names.list(content.tensors().keySet()));
        }
        return tensor;
    }

    /**
     * Closes the file. Tensors that were read stay.
     *
     * @throws IOException when that fails
     */
    @Override
    public void close() throws IOException {
        content.close();
    }
}
