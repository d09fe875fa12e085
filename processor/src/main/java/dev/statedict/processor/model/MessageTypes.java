package dev.statedict.processor.model;

import java.util.Map;

/** The types that messages speak of by their simple names. */
public final class MessageTypes {
    private static final Map<String, String> FULL_NAMES = Map.of(
            "Tensor", RuntimeNames.TENSOR,
            "Optional", "java.util.Optional",
            "List", "java.util.List",
            "Map", "java.util.Map",
            "String", "java.lang.String");

    private MessageTypes() {}

    /** Whether a type that is not one of them has the simple name of one, and must be told from it. */
    public static boolean isNamesake(String simpleName, String qualifiedName) {
        String meant = FULL_NAMES.get(simpleName);
        return meant != null && !meant.equals(qualifiedName);
    }
}
