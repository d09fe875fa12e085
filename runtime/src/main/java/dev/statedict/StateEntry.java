package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One entry of a state dict. Its key is joined when first asked for. */
final class StateEntry implements Map.Entry<String, Tensor> {
    private final ModulePath module;
    private final String name;
    private final Tensor tensor;
    private final Role role;
    private final StoredType storedType;
    // joined when first asked for: a String may be published by a race
    private @Nullable String key;

    StateEntry(ModulePath module, String name, Tensor tensor, Role role, StoredType storedType) {
        this.module = module;
        this.name = name;
        this.tensor = tensor;
        this.role = role;
        this.storedType = storedType;
    }

    /** An entry whose key is known as a whole. */
    StateEntry(String key, Tensor tensor, Role role, StoredType storedType) {
        this(ModulePath.ROOT, key, tensor, role, storedType);
    }

    StateEntry withTensor(Tensor other) {
        return new StateEntry(module, name, other, role, storedType);
    }

    StateEntry withKey(String other) {
        return new StateEntry(other, tensor, role, storedType);
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

    Role role() {
        return role;
    }

    StoredType storedType() {
        return storedType;
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
