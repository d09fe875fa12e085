package dev.statedict.tree;

import org.jspecify.annotations.Nullable;

/** A place in a module tree. Paths share their parents, and join their names only when someone asks. */
public final class ModulePath {
    public static final ModulePath ROOT = new ModulePath(null, "");

    private final @Nullable ModulePath parent;
    private final String name;
    // joined when first asked for: a String may be published by a race
    private @Nullable String prefix;

    private ModulePath(@Nullable ModulePath parent, String name) {
        this.parent = parent;
        this.name = name;
    }

    /** What stands before the keys of the module at a path: empty for the root, else {@code "fc."}. */
    public static String prefix(String path) {
        return path.isEmpty() ? "" : path + '.';
    }

    /** The path of the module that a key belongs to: {@code "a.b"} of {@code "a.b.weight"}, empty for the root. */
    public static String modulePath(String key) {
        return key.substring(0, Math.max(key.lastIndexOf('.'), 0));
    }

    /** The key where a key, or a path with all that is below it, has another name. */
    public static String renamed(String key, String oldName, String newName) {
        boolean below = key.startsWith(oldName) && key.startsWith(".", oldName.length());
        return key.equals(oldName) || below ? newName + key.substring(oldName.length()) : key;
    }

    ModulePath child(String childName) {
        return new ModulePath(this, childName);
    }

    public boolean isRoot() {
        return parent == null;
    }

    /** What stands before the names of this module's members: empty for the root, else {@code "fc."}. */
    public String prefix() {
        String joined = prefix;
        if (joined == null) {
            joined = parent == null ? "" : parent.prefix() + name + '.';
            prefix = joined;
        }
        return joined;
    }

    /** What follows in this path upon one that it begins with. */
    String below(ModulePath above) {
        return toString().substring(above.prefix().length());
    }

    public String key(String memberName) {
        return prefix().concat(memberName);
    }

    /** Whether {@link #key} would give this. */
    public boolean isKey(String key, String memberName) {
        if (!key.endsWith(memberName)) {
            return false;
        }
        int end = key.length() - memberName.length();
        ModulePath path = this;
        for (; path.parent != null; path = path.parent) {
            int start = end - path.name.length() - 1;
            if (start < 0 || key.charAt(end - 1) != '.' || !key.startsWith(path.name, start)) {
                return false;
            }
            end = start;
        }
        return end == 0;
    }

    @Nullable
    public ModulePath parent() {
        return parent;
    }

    /** The last step; empty for the root. */
    public String name() {
        return name;
    }

    /** The path as people write it: empty for the root, else {@code "fc"}. */
    @Override
    public String toString() {
        return parent == null ? "" : parent.key(name);
    }
}
