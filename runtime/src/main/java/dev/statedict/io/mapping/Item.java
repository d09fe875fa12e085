package dev.statedict.io.mapping;

import dev.statedict.Role;
import dev.statedict.StoredType;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An entry on its way through the rules: shape and type are known at each, its tensor is made when all have passed. */
final class Item {
    private final String key;
    private final int[] shape;
    private final ElementType type;
    private final Role role;
    private final StoredType storedType;
    private final List<String> sources;
    private final boolean touched;
    private final Supplier<Tensor> making;
    private @Nullable Tensor made;

    private Item(
            String key,
            int[] shape,
            ElementType type,
            Role role,
            StoredType storedType,
            List<String> sources,
            boolean touched,
            Supplier<Tensor> making) {
        this.key = key;
        this.shape = shape;
        this.type = type;
        this.role = role;
        this.storedType = storedType;
        this.sources = sources;
        this.touched = touched;
        this.making = making;
    }

    /** An entry as it was given. */
    static Item given(String key, Tensor tensor, Role role, StoredType storedType) {
        return new Item(key, tensor.shape(), tensor.elementType(), role, storedType, List.of(key), false, () -> tensor);
    }

    /** An entry of which no tensor is there, to be taken through rules and no further. */
    static Item described(String key, int[] shape, ElementType type, Role role, StoredType storedType) {
        return new Item(key, shape, type, role, storedType, List.of(key), false, () -> {
            throw new IllegalStateException("nothing was read of \"" + key + "\"");
        });
    }

    Item withKey(String other) {
        return new Item(other, shape, type, role, storedType, sources, true, this::tensor);
    }

    Item withShape(int[] other, Supplier<Tensor> view) {
        return new Item(key, other, type, role, storedType, sources, true, view);
    }

    Item withType(ElementType other) {
        StoredType stored = other == type ? storedType : StoredType.of(other);
        return new Item(key, shape, other, role, stored, sources, true, () -> tensor().to(other));
    }

    /** One of several, with the role of the first of them, and stored as they were if that was in one way. */
    static Item combined(String key, int[] shape, List<Item> parts, Supplier<Tensor> making) {
        Item first = parts.get(0);
        Set<String> all = new LinkedHashSet<>();
        parts.forEach(part -> all.addAll(part.sources));
        boolean alike = parts.stream().allMatch(part -> part.storedType == first.storedType);
        StoredType stored = alike ? first.storedType : StoredType.of(first.type);
        return new Item(key, shape, first.type, first.role, stored, new ArrayList<>(all), true, making);
    }

    String key() {
        return key;
    }

    int[] shape() {
        return shape.clone();
    }

    int dim() {
        return shape.length;
    }

    String shapeText() {
        return Arrays.toString(shape);
    }

    ElementType type() {
        return type;
    }

    Role role() {
        return role;
    }

    StoredType storedType() {
        return storedType;
    }

    List<String> sources() {
        return sources;
    }

    String sourceNames() {
        return "\"" + String.join("\", \"", sources) + "\"";
    }

    boolean isTouched() {
        return touched;
    }

    /** Its tensor: made once, for several may be parts of it. */
    Tensor tensor() {
        if (made == null) {
            made = making.get();
        }
        return made;
    }
}
