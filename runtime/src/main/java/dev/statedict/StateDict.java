package dev.statedict;

import dev.statedict.event.Recorder;
import dev.statedict.load.LoadedMembers;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import dev.statedict.text.PythonText;
import dev.statedict.tree.KeyOrder;
import dev.statedict.tree.ModulePath;
import dev.statedict.values.Conversion;
import dev.statedict.values.Digest;
import dev.statedict.values.Means;
import dev.statedict.values.Overwriting;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The state of a module by key: an unmodifiable map in the module's order that knows how it was made.
 *
 * <p>Under {@link Policy#ALIAS} its tensors are the module's own: what training writes shows here. Under
 * {@link Policy#COPY} they share nothing with the module, and share among themselves what the module's tensors shared.
 * The map never changes; the tensors' elements can. It may be read by any thread.
 *
 * <p>{@code equals} is {@link Map}'s, and so goes by the tensors' identity; {@link #contentEquals} compares values.
 *
 * <p>Serialized, a dict keeps all but its policy, which is {@link Policy#COPY} where it arrives: order, roles, stored types,
 * extra state and versions, and what its tensors share with one another, of each storage the part that entries cover. What
 * it shares with another object of the same stream it shares no longer.
 */
public final class StateDict extends UnmodifiableEntryMap {
    private static final long serialVersionUID = 1;

    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    // what is written stands in their place: see writeReplace
    private final transient Policy policy;
    private final transient StateMetadata metadata;
    // held by nothing else: a collection takes it, so that a dict keeps no module's tensors in memory
    private transient volatile @Nullable WeakReference<LoadedMembers> lastLoad;

    StateDict(StateEntry[] entries, Policy policy, StateMetadata metadata) {
        super(entries);
        this.policy = policy;
        this.metadata = metadata;
    }

    /**
     * A state dict of the given tensors, which it shares. A {@code LinkedHashMap}, {@code SortedMap} or state dict keeps
     * its order; any other map is read in key order.
     *
     * @param tensors the entries; read once
     * @return the map itself when it is a state dict, else a dict with policy {@link Policy#COPY}
     * @throws NullPointerException when a key or value is null
     */
    public static StateDict of(Map<String, Tensor> tensors) {
        if (tensors instanceof StateDict dict) {
            return dict;
        }
        StateDictBuilder builder = builder();
        KeyOrder.of(tensors).forEach((key, tensor) -> builder.putPlain((String) key, (Tensor) tensor));
        return builder.build();
    }

    /**
     * An empty builder.
     *
     * @return the builder of a dict with policy {@link Policy#COPY}
     */
    public static StateDictBuilder builder() {
        return new StateDictBuilder(Policy.COPY);
    }

    /**
     * A builder that begins with all that this dict has, to change some of it: the entries with their roles and stored
     * types, extra state, versions and the policy.
     *
     * {@snippet class="com.example.Loading" region="replace"}
     *
     * @return a new builder
     */
    public StateDictBuilder toBuilder() {
        StateDictBuilder builder = new StateDictBuilder(policy);
        for (StateEntry entry : entries()) {
            builder.put(entry);
        }
        extraState().forEach(builder::putExtraState);
        versions().forEach(builder::version);
        builder.possibleTies(metadata.possibleTies());
        return builder;
    }

    /**
     * How the dict was made.
     *
     * @return {@link Policy#ALIAS} when its tensors are a module's own
     */
    public Policy policy() {
        return policy;
    }

    /**
     * State that is no tensor, by module path: {@code ""} for the root module, else {@code "fc"}.
     *
     * @return an unmodifiable map; each value is a {@code String}, an unmodifiable {@code Map<String, String>}, or null
     *     where the module had none to give
     */
    public Map<String, @Nullable Object> extraState() {
        return metadata.extraState();
    }

    /**
     * The versions of the classes that made the state, by module path (see {@link StateMigration}).
     *
     * @return an unmodifiable map; empty when nothing is known, as for a plain map or a file of another library; else
     *     {@code ""}, the root, is among its keys, and a path that is not has version 1
     */
    public Map<String, Integer> versions() {
        return metadata.versions();
    }

    /** What the last load came by, where that is known. */
    LoadedMembers lastLoad() {
        WeakReference<LoadedMembers> known = lastLoad;
        LoadedMembers members = known == null ? null : known.get();
        return members == null ? LoadedMembers.NONE : members;
    }

    /** Remembers what a load came by, for the next. */
    void rememberLoad(LoadedMembers members) {
        WeakReference<LoadedMembers> known = lastLoad;
        if (known == null || known.get() != members) {
            lastLoad = new WeakReference<>(members);
        }
    }

    StateMetadata metadata() {
        return metadata;
    }

    /**
     * What an entry is to its module.
     *
     * @param key a key of this dict
     * @return {@link Role#PARAMETER} also for entries that came without a role
     * @throws IllegalArgumentException when there is no such key
     */
    public Role role(String key) {
        return entry(key).role();
    }

    /**
     * The element type under which an entry was, and will be, stored.
     *
     * @param key a key of this dict
     * @return that of its elements unless a file or a builder said otherwise
     * @throws IllegalArgumentException when there is no such key
     */
    public StoredType storedType(String key) {
        return entry(key).storedType();
    }

    /**
     * Whether two dicts hold the same values: the same keys in any order, for each the same element type and shape
     * and, bit for bit, the same elements, and the same extra state and versions.
     *
     * @param other the other dict
     * @return false also when they differ in keys
     */
    public boolean contentEquals(StateDict other) {
        if (size() != other.size() || !metadata.contentEquals(other.metadata)) {
            return false;
        }
        for (StateEntry entry : entries()) {
            Tensor theirs = other.get(entry.getKey());
            if (theirs == null || !entry.getValue().contentEquals(theirs)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Removes a prefix from the keys that have it (PyTorch's {@code consume_prefix_in_state_dict_if_present}).
     *
     * @param prefix with its dot, for example {@code "module."}
     * @return a dict of the same tensors, with the same policy
     * @throws IllegalArgumentException when two keys become one
     */
    public StateDict withoutPrefix(String prefix) {
        return StateDictAlgebra.mapKeys(this, key -> key.startsWith(prefix) ? key.substring(prefix.length()) : key);
    }

    /**
     * Puts a prefix before every key.
     *
     * @param prefix with its dot, for example {@code "module."}
     * @return a dict of the same tensors, with the same policy
     */
    public StateDict withPrefix(String prefix) {
        return StateDictAlgebra.mapKeys(this, prefix::concat);
    }

    /**
     * The part of one submodule, under the submodule's own keys.
     *
     * @param modulePath for example {@code "encoder.fc"}; {@code ""} for the whole
     * @return a dict of the same tensors, with the same policy; empty when nothing lies below the path
     */
    public StateDict sub(String modulePath) {
        if (modulePath.isEmpty()) {
            return this;
        }
        String prefix = ModulePath.prefix(modulePath);
        return StateDictAlgebra.mapKeys(this, key -> key.startsWith(prefix) ? key.substring(prefix.length()) : null);
    }

    /**
     * The entries whose keys pass.
     *
     * @param keys told each key; extra state has the key {@code "fc._extra_state"}
     * @return a dict of the same tensors, with the same policy
     */
    public StateDict filter(Predicate<? super String> keys) {
        return StateDictAlgebra.filter(this, keys);
    }

    /**
     * Gives a key, or everything below a path, another name.
     *
     * @param oldName a key, or the path of a submodule
     * @param newName its name in the new dict
     * @return a dict of the same tensors, with the same policy
     * @throws IllegalArgumentException when two keys become one
     */
    public StateDict rename(String oldName, String newName) {
        return StateDictAlgebra.mapKeys(this, key -> ModulePath.renamed(key, oldName, newName));
    }

    /**
     * The entries of this dict, then those of another.
     *
     * @param other a dict with other keys
     * @return a dict of the same tensors; its policy is {@link Policy#ALIAS} when that of either is
     * @throws IllegalArgumentException naming every key that both have
     */
    public StateDict union(StateDict other) {
        return StateDictAlgebra.union(this, other);
    }

    /**
     * A snapshot of this dict.
     *
     * @return a {@link Policy#COPY} dict that shares nothing with this one; what was tied stays tied within it
     */
    public StateDict copy() {
        Recorder.Begun event = Recorder.snapshot();
        StateEntry[] originals = entries();
        Tensor[] tensors = new Tensor[originals.length];
        for (int i = 0; i < tensors.length; i++) {
            tensors[i] = originals[i].getValue();
        }
        Tensor[] copies = TENSORS.copies(tensors);
        StateEntry[] entries = new StateEntry[originals.length];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = originals[i].withTensor(copies[i]);
        }
        StateDict copy = new StateDict(entries, Policy.COPY, metadata);
        event.end(null, copy.values());
        return copy;
    }

    /**
     * The same dict with its floating-point entries as another floating-point type (PyTorch's {@code module.double()} and
     * {@code module.float()}). Entries of whole numbers and booleans stay. What was tied stays tied; views that share a
     * part of their storage come apart.
     *
     * @param type {@link ElementType#F32} or {@link ElementType#F64}
     * @return a new {@link Policy#COPY} dict, which shares nothing with this one
     * @throws IllegalArgumentException when the type is no floating-point type
     * @throws ArithmeticException when a value is not one of that type; it names key, index and value
     */
    public StateDict to(ElementType type) {
        return Conversion.to(this, type);
    }

    /**
     * Writes the elements of this dict into another's tensors, so that a snapshot can be taken again without allocating
     * one. Extra state cannot be written in place: it must be the same already, and so must versions, where both dicts know
     * them, and the counters and other primitives of a live target, which nothing leads back from to the module.
     *
     * @param target a dict with the same keys, shapes, versions and extra state, such as an earlier {@link #copy}
     * @throws IllegalArgumentException naming everything in which they differ; nothing is written then
     */
    public void copyTo(StateDict target) {
        Overwriting.copy(this, target);
    }

    /**
     * Moves from this dict towards another, for a running average of weights: {@code this + weight * (end - this)}
     * (PyTorch's {@code torch.lerp}). Counters, buffers stored as integers and extra state stay as they are here. In place,
     * and with other arithmetic, it is in {@link dev.statedict.arithmetic.StateDictMath}.
     *
     * @param end a dict with the same keys, shapes and, where both know them, versions
     * @param weight 0 for this dict, 1 for the other; rounded to float32, as there
     * @return a new {@link Policy#COPY} dict; ties of this dict stay ties
     * @throws IllegalArgumentException naming everything in which they differ
     */
    public StateDict lerp(StateDict end, double weight) {
        return Means.lerp(this, end, weight);
    }

    /**
     * The mean of several dicts, element by element. Counters, buffers stored as integers and extra state are those of
     * the first.
     *
     * @param dicts one or more dicts with the same keys, shapes and, where they know them, versions
     * @return a new {@link Policy#COPY} dict; ties of the first dict stay ties
     * @throws IllegalArgumentException when there is none, or naming everything in which they differ
     */
    public static StateDict average(List<StateDict> dicts) {
        return Means.average(dicts);
    }

    /**
     * Compares this dict with another.
     *
     * @param other any dict
     * @return keys, shapes and values that differ; it prints as a table
     */
    public StateDictDiff diff(StateDict other) {
        return StateDictDiff.between(this, other);
    }

    /**
     * A fingerprint of the content, the same on every machine, in whatever order and from whatever file the entries came.
     * Dicts that are {@link #contentEquals} have the same; roles, stored types and the policy do not count.
     *
     * @return 64 hexadecimal digits: SHA-256 over keys, shapes, elements, extra state and versions
     */
    public String digest() {
        return Digest.of(this);
    }

    StateEntry entry(String key) {
        StateEntry entry = find(key);
        if (entry == null) {
            throw new IllegalArgumentException("no key \"" + key + "\" in this state dict of " + size() + " entries");
        }
        return entry;
    }

    /**
     * The dict as PyTorch prints an {@code OrderedDict}.
     *
     * @return for example {@code OrderedDict([('fc.bias', tensor([0.5000]))])}
     */
    @Override
    public String toString() {
        StringJoiner joiner = new StringJoiner(", ", "OrderedDict([", "])");
        joiner.setEmptyValue("OrderedDict()");
        for (StateEntry entry : entries()) {
            joiner.add("(" + PythonText.quote(entry.getKey()) + ", " + entry.getValue() + ")");
        }
        return joiner.toString();
    }

    private Object writeReplace() {
        return new SerializedStateDict(this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a state dict arrives as bytes, in its place");
    }
}
