package dev.statedict.tree;

/** Keys taken apart. */
public final class ModuleKeys {
    private ModuleKeys() {}

    /** The path of the module that a key belongs to: {@code "a.b"} of {@code "a.b.weight"}, empty for the root. */
    public static String modulePath(String key) {
        return key.substring(0, Math.max(key.lastIndexOf('.'), 0));
    }
}
