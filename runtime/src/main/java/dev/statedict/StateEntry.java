package dev.statedict;

import dev.statedict.load.SourceEntry;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.ModulePath;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One entry of a state dict. Its key is joined when first asked for. */
final class StateEntry implements Map.Entry<String, Tensor>, SourceEntry {
    /**
     * Most entries have one of three, so that one reference for both halves keeps entries small.
     *
     * @param storedType null for that of the tensor's elements, which need not be looked at before someone asks
     */
    private record Kind(Role role, @Nullable StoredType storedType) {
        static final Kind PARAMETER = new Kind(Role.PARAMETER, null);
        static final Kind BUFFER = new Kind(Role.BUFFER, null);
        static final Kind COUNTER = new Kind(Role.COUNTER, null);
        /** That of a parameter that is a primitive; a buffer that is one is a counter. */
        static final Kind PRIMITIVE = new Kind(Role.PARAMETER, null);
        /** That of entries of plain maps, which know no role. */
        static final Kind PLAIN = new Kind(Role.PARAMETER, null);

        // a switch on an enum reads a table, for each entry: a twelfth of what making a dict takes
        static Kind of(Role role) {
            if (role == Role.PARAMETER) {
                return PARAMETER;
            }
            return role == Role.BUFFER ? BUFFER : COUNTER;
        }
    }

    private final ModulePath module;
    private final String name;
    private final Tensor tensor;
    private final Kind kind;
    // joined when first asked for: a String may be published by a race
    private @Nullable String key;

    private StateEntry(ModulePath module, String name, Tensor tensor, Kind kind) {
        this.module = module;
        this.name = name;
        this.tensor = tensor;
        this.kind = kind;
    }

    /** An entry that is stored as what it is in memory. */
    StateEntry(ModulePath module, String name, Tensor tensor, Role role) {
        this(module, name, tensor, Kind.of(role));
    }

    /** The entry of a primitive member. */
    static StateEntry primitive(ModulePath module, String name, Tensor value, Role role) {
        return new StateEntry(module, name, value, role == Role.PARAMETER ? Kind.PRIMITIVE : Kind.of(role));
    }

    /** An entry whose key is known as a whole. */
    StateEntry(String key, Tensor tensor, Role role, StoredType storedType) {
        this(
                ModulePath.ROOT,
                key,
                tensor,
                storedType == StoredType.of(tensor.elementType()) ? Kind.of(role) : new Kind(role, storedType));
    }

    /** An entry of which nothing is known but its tensor. */
    static StateEntry plain(String key, Tensor tensor) {
        return new StateEntry(ModulePath.ROOT, key, tensor, Kind.PLAIN);
    }

    /** This entry with the role of another, and stored as that one is. */
    StateEntry knownAs(StateEntry other) {
        if (other.isPrimitive()) {
            return new StateEntry(ModulePath.ROOT, getKey(), tensor, other.kind);
        }
        boolean asInMemory = other.storedType() == StoredType.of(other.tensor.elementType());
        StoredType type = asInMemory ? StoredType.of(tensor.elementType()) : other.storedType();
        return new StateEntry(getKey(), tensor, other.role(), type);
    }

    StateEntry withTensor(Tensor other) {
        return new StateEntry(module, name, other, kind);
    }

    StateEntry withKey(String other) {
        return new StateEntry(ModulePath.ROOT, other, tensor, kind);
    }

    @Override
    public String getKey() {
        String joined = key;
        if (joined == null) {
            joined = module.key(name);
            key = joined;
        }
        return joined;
    }

    @Override
    public Tensor getValue() {
        return tensor;
    }

    @Override
    public String key() {
        return getKey();
    }

    @Override
    public Tensor value() {
        return tensor;
    }

    @Override
    public ModulePath module() {
        return module;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isPlain() {
        return kind == Kind.PLAIN;
    }

    /** Whether it is the value that a primitive member had, from which nothing leads back to the module. */
    boolean isPrimitive() {
        return kind == Kind.PRIMITIVE || kind.role() == Role.COUNTER;
    }

    @Override
    public Role role() {
        return kind.role();
    }

    @Override
    public StoredType storedType() {
        StoredType storedType = kind.storedType();
        return storedType == null ? StoredType.of(tensor.elementType()) : storedType;
    }

    @Override
    public Tensor setValue(Tensor value) {
        throw UnmodifiableEntryMap.unmodifiable();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Map.Entry<?, ?> entry
                && getKey().equals(entry.getKey())
                && tensor.equals(entry.getValue());
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(getKey()) ^ tensor.hashCode();
    }

    @Override
    public String toString() {
        return getKey() + "=" + tensor;
    }
}
