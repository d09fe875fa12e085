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
    // of what is not read, where it comes from and what is done to it, by which its ties are known; else nothing
    private final List<Object> recipe;
    private @Nullable Tensor made;

    private Item(
            String key,
            int[] shape,
            ElementType type,
            Role role,
            StoredType storedType,
            List<String> sources,
            boolean touched,
            Supplier<Tensor> making,
            List<Object> recipe) {
        this.key = key;
        this.shape = shape;
        this.type = type;
        this.role = role;
        this.storedType = storedType;
        this.sources = sources;
        this.touched = touched;
        this.making = making;
        this.recipe = recipe;
    }

    /** An entry as it was given. */
    static Item given(String key, Tensor tensor, Role role, StoredType storedType) {
        return new Item(
                key,
                tensor.shape(),
                tensor.elementType(),
                role,
                storedType,
                List.of(key),
                false,
                () -> tensor,
                List.of());
    }

    /** An entry of which no tensor is there, to be taken through rules and no further. */
    static Item described(String key, int[] shape, ElementType type, Role role, StoredType storedType) {
        Supplier<Tensor> none = () -> {
            throw new IllegalStateException("nothing was read of \"" + key + "\"");
        };
        return new Item(key, shape, type, role, storedType, List.of(key), false, none, List.of());
    }

    /** An entry that is read when it is wanted, as often as it is, of which another tensor has shape and type. */
    static Item unread(String key, Tensor standIn, Role role, StoredType storedType, Supplier<Tensor> reading) {
        return new Item(
                key,
                standIn.shape(),
                standIn.elementType(),
                role,
                storedType,
                List.of(key),
                false,
                reading,
                List.of(standIn));
    }

    private List<Object> recipeWith(Object step) {
        if (recipe.isEmpty()) {
            return recipe;
        }
        List<Object> longer = new ArrayList<>(recipe);
        longer.add(step);
        return longer;
    }

    Item withKey(String other) {
        return new Item(other, shape, type, role, storedType, sources, true, this::tensor, recipe);
    }

    /** Another shape, by a step that is equal to all that do the same. */
    Item withShape(int[] other, Object step, Supplier<Tensor> view) {
        return new Item(key, other, type, role, storedType, sources, true, view, recipeWith(step));
    }

    Item withType(ElementType other) {
        StoredType stored = other == type ? storedType : StoredType.of(other);
        return new Item(key, shape, other, role, stored, sources, true, () -> tensor().to(other), recipeWith(other));
    }

    /** One of several, with the role of the first of them, and stored as they were if that was in one way. */
    static Item combined(String key, int[] shape, List<Item> parts, Object step, Supplier<Tensor> making) {
        Item first = parts.get(0);
        Set<String> all = new LinkedHashSet<>();
        parts.forEach(part -> all.addAll(part.sources));
        boolean alike = parts.stream().allMatch(part -> part.storedType == first.storedType);
        StoredType stored = alike ? first.storedType : StoredType.of(first.type);
        List<Object> recipe = new ArrayList<>();
        if (first.isUnread()) {
            parts.forEach(part -> recipe.add(part.recipe));
            recipe.add(step);
        }
        return new Item(key, shape, first.type, first.role, stored, new ArrayList<>(all), true, making, recipe);
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

    /** Whether its tensor is read each time that it is asked for. */
    boolean isUnread() {
        return !recipe.isEmpty();
    }

    /** Equal for what is the same tensor; with one element where that is as it was given. */
    List<Object> recipe() {
        return recipe;
    }

    /** Its tensor: made once, for several may be parts of it, unless it is unread and would stay. */
    Tensor tensor() {
        if (isUnread()) {
            return making.get();
        }
        if (made == null) {
            made = making.get();
        }
        return made;
    }
}
