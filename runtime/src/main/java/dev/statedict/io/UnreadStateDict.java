package dev.statedict.io;

import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.io.copy.UnreadArrays;
import dev.statedict.io.copy.UnreadEntries;
import dev.statedict.io.file.Names;
import dev.statedict.io.mapping.RuleChain;
import dev.statedict.io.write.StoredDict;
import dev.statedict.io.write.StoredEntry;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What open checkpoints hold, on its way to other files: renamed, filtered, joined and mapped without a tensor being read,
 * and copied piece by piece when it is saved. So a file larger than memory is converted, split and sharded.
 *
 * <pre>{@code
 * try (Checkpoint checkpoint = Checkpoints.open(Path.of("models--org--name"))) {
 *     UnreadStateDict encoder = checkpoint.unread().filter(key -> key.startsWith("encoder.")).withoutPrefix("encoder.");
 *     Checkpoints.save(Path.of("encoder.pt"), encoder);
 * }
 * }</pre>
 *
 * <p>Immutable: each method gives a new one. The checkpoints stay open until the last of them is saved. Ties, extra state and
 * versions go along, as with {@link StateDict}'s methods of the same names; metadata does not, {@link WriteOptions} has it.
 *
 * <p>A piece of a tensor that lies in its file as it is to be written goes through a buffer of at most a megabyte for each
 * thread, also where its type changes. One that is transposed, put together of several, or a view with other strides is
 * made in memory, whole, one at a time or one for each thread. In a {@code .statedict}, which keeps how tensors lie, views stay
 * views, and what a mapping makes is made twice, once to find out how it lies.
 */
public final class UnreadStateDict {
    private final UnreadEntries entries;

    UnreadStateDict(UnreadEntries entries) {
        this.entries = entries;
    }

    private UnreadStateDict with(UnaryOperator<StateDict> keys) {
        return new UnreadStateDict(entries.with(keys));
    }

    /** {@return the keys of all tensors, tied ones included, in order; unmodifiable} */
    public Set<String> keys() {
        return entries.standIns().keySet();
    }

    /**
     * The shape of a tensor.
     *
     * @param key one of {@link #keys()}
     * @return the size of each dimension, none for a 0-d tensor
     * @throws IllegalArgumentException when there is no such key
     */
    public int[] shape(String key) {
        return tensor(key).shape();
    }

    /**
     * The type that a tensor is stored as, and will be unless {@link WriteOptions} says otherwise.
     *
     * @param key one of {@link #keys()}
     * @return its type
     * @throws IllegalArgumentException when there is no such key
     */
    public StoredType storedType(String key) {
        tensor(key);
        return entries.standIns().storedType(key);
    }

    private Tensor tensor(String key) {
        Tensor standIn = entries.standIns().get(key);
        if (standIn == null) {
            throw new IllegalArgumentException("no key " + Names.quote(key) + "; there are " + Names.list(keys()));
        }
        return standIn;
    }

    /**
     * Some of the entries, as {@link StateDict#filter}.
     *
     * @param keys which
     * @return those whose keys pass
     */
    public UnreadStateDict filter(Predicate<? super String> keys) {
        return with(dict -> dict.filter(keys));
    }

    /**
     * The entries in groups, as many as there are: in one pass, where a {@link #filter} for each would be as many.
     *
     * @param group tells the group of a key, for example what stands before its first dot. It is also told the keys of extra
     *     state, such as {@code "fc._extra_state"}, and the paths of modules that have a version
     * @return by name, in the order of their first keys. The version of a module whose group has no key is in every one
     */
    public Map<String, UnreadStateDict> groupBy(UnaryOperator<String> group) {
        Map<String, UnreadStateDict> groups = new LinkedHashMap<>();
        entries.groupBy(group).forEach((name, part) -> groups.put(name, new UnreadStateDict(part)));
        return groups;
    }

    /**
     * Gives a key, or all below the path of a module, another name, as {@link StateDict#rename}.
     *
     * @param from a key or the path of a module
     * @param to its new name
     * @return all entries
     * @throws IllegalArgumentException when two get one key
     */
    public UnreadStateDict rename(String from, String to) {
        return with(dict -> dict.rename(from, to));
    }

    /**
     * Puts a prefix before every key, as {@link StateDict#withPrefix}.
     *
     * @param prefix with its dot
     * @return all entries
     */
    public UnreadStateDict withPrefix(String prefix) {
        return with(dict -> dict.withPrefix(prefix));
    }

    /**
     * Takes a prefix from the keys that have it, as {@link StateDict#withoutPrefix}.
     *
     * @param prefix with its dot
     * @return all entries
     * @throws IllegalArgumentException when two get one key
     */
    public UnreadStateDict withoutPrefix(String prefix) {
        return with(dict -> dict.withoutPrefix(prefix));
    }

    /**
     * These entries and others, as {@link StateDict#union}.
     *
     * @param other has other keys
     * @return all of them
     * @throws IllegalArgumentException naming all keys that both have
     */
    public UnreadStateDict union(UnreadStateDict other) {
        return new UnreadStateDict(entries.union(other.entries));
    }

    UnreadStateDict mapped(RuleChain rules) {
        List<String> problems = new ArrayList<>();
        UnreadEntries mapped = entries.mapped(rules.list(), problems);
        KeyMapping.require(problems);
        return new UnreadStateDict(mapped);
    }

    /**
     * Reads all of it.
     *
     * @return a dict of fresh tensors with policy {@link dev.statedict.Policy#COPY}
     * @throws CheckpointFormatException when a tensor holds what no type of Java's does, or has changed since it was written
     * @throws IOException when a file cannot be read
     */
    public StateDict read() throws IOException {
        return entries.read();
    }

    /** The same keys, shapes and types, of tensors without values. */
    StateDict standIns() {
        return entries.standIns();
    }

    StoredDict stored(WriteOptions options, Map<String, String> ofFormat) throws IOException {
        return stored(options, ofFormat, UnaryOperator.identity());
    }

    StoredDict stored(WriteOptions options, Map<String, String> ofFormat, UnaryOperator<StoredEntry> form)
            throws IOException {
        return options.stored(entries, ofFormat, form);
    }

    StoredDict storedAsInMemory(WriteOptions options) throws IOException {
        return options.storedAsInMemory(entries);
    }

    UnreadArrays arrays() throws IOException {
        return UnreadArrays.of(entries);
    }
}
