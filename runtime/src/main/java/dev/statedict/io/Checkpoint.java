package dev.statedict.io;

import dev.statedict.SchemaReport;
import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StateDictSchema;
import dev.statedict.StoredType;
import dev.statedict.io.copy.UnreadEntries;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.FileTensor;
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
    private final CheckedTensors tensors;
    private final boolean skipsForeign;

    Checkpoint(String name, @Nullable Path path, FileContent content, ReadOptions options) {
        this.name = name;
        this.path = path;
        this.content = content;
        this.skipsForeign = options.skipsForeign();
        this.tensors = new CheckedTensors(name, path, content, new Progress(options.progress()::progress));
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
        return tensors.find(key).shape().clone();
    }

    /**
     * The type that a tensor is stored as.
     *
     * @param key one of {@link #keys()}
     * @return its type in the file; read, it has the smallest {@link dev.statedict.tensor.ElementType} that holds all its values
     * @throws IllegalArgumentException when there is no such key
     */
    public StoredType storedType(String key) {
        return tensors.find(key).storage().type();
    }

    /**
     * Where a tensor lies; nothing is read.
     *
     * @param key one of {@link #keys()}
     * @return the file, where it is one, and the bytes
     * @throws IllegalArgumentException when there is no such key
     */
    public TensorLocation location(String key) {
        FileTensor tensor = tensors.find(key);
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
        return tensors.read(key);
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
        StateDictBuilder builder = StateDict.builder();
        tensors.readAll()
                .forEach((key, tensor) -> builder.put(key, tensor, tensors.role(key), tensors.rememberedType(key)));
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
        return new UnreadStateDict(
                UnreadEntries.of(tensors.copied(), content.tensors(), builder, content.possibleTies()));
    }

    private void refuseForeign() throws CheckpointFormatException {
        try {
            content.refuseForeign();
        } catch (FormatException foreign) {
            throw new CheckpointFormatException(name, path, foreign);
        }
    }

    private static List<Integer> boxed(int[] sizes) {
        Integer[] boxed = new Integer[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            boxed[i] = sizes[i];
        }
        return List.of(boxed);
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
