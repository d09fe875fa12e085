package dev.statedict.schema;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the text of a member's type says of its elements: {@code double[]} has one dimension of {@code double}. */
public final class NumberTypes {
    private static final Set<String> ELEMENTS = Set.of("float", "double", "int", "long", "boolean");

    private NumberTypes() {}

    /** The element type of a primitive or an array of one, of any depth; null of any other type, such as a Tensor. */
    public static @Nullable String element(String type) {
        String element = type.replace("[]", "");
        return ELEMENTS.contains(element) ? element : null;
    }

    /** How many dimensions a primitive or an array of one has; null of any other type. */
    public static @Nullable Integer dimensions(String type) {
        return element(type) == null
                ? null
                : (type.length() - type.replace("[]", "").length()) / 2;
    }
}
