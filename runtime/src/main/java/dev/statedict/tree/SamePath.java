package dev.statedict.tree;

import org.jspecify.annotations.Nullable;

/**
 * Whether a path of one tree names the same place as a path of another, asked for one module after another. Remembers
 * the last two that did and those around them, as neighbours share them: mostly two references are compared.
 */
public final class SamePath {
    /** A step down or up in a tree is one in its path, or a few where containers lie between. */
    private static final int NEAR = 4;

    private ModulePath left = ModulePath.ROOT;
    private ModulePath right = ModulePath.ROOT;
    private @Nullable SamePath around;

    /** Whether a key, given as a path and what follows it, is that of a module's member. */
    public boolean isKey(ModulePath path, String name, ModulePath module, String memberName) {
        if (path == module) {
            return name.equals(memberName);
        }
        return path.isRoot() ? module.isKey(name, memberName) : name.equals(memberName) && test(path, module);
    }

    private boolean test(ModulePath one, ModulePath other) {
        if (one == left && other == right) {
            return true;
        }
        if (!areSame(one, other)) {
            return false;
        }
        left = one;
        right = other;
        return true;
    }

    private boolean areSame(ModulePath one, ModulePath other) {
        ModulePath parent = one.parent();
        ModulePath otherParent = other.parent();
        if (parent == null || otherParent == null) {
            return parent == otherParent;
        }
        if (!one.name().equals(other.name())) {
            return false;
        }
        if (around == null) {
            around = new SamePath();
        }
        return around.isNear(parent, otherParent) || around.test(parent, otherParent);
    }

    /**
     * Whether two are the same because they are the last two, or lie a few steps below or above them. Without that, each step
     * down a chain of modules would be compared up to the root, for those around are then all one step off.
     */
    private boolean isNear(ModulePath one, ModulePath other) {
        if (one == left && other == right) {
            return true;
        }
        if (!areBelow(one, other, left, right) && !areBelow(left, right, one, other)) {
            return false;
        }
        left = one;
        right = other;
        return true;
    }

    /** Whether two lie a few steps below two others, by the same names. */
    private static boolean areBelow(ModulePath one, ModulePath other, ModulePath above, ModulePath otherAbove) {
        ModulePath at = one;
        ModulePath otherAt = other;
        for (int i = 0; i < NEAR; i++) {
            ModulePath parent = at.parent();
            ModulePath otherParent = otherAt.parent();
            if (parent == null || otherParent == null || !at.name().equals(otherAt.name())) {
                return false;
            }
            if (parent == above) {
                return otherParent == otherAbove;
            }
            at = parent;
            otherAt = otherParent;
        }
        return false;
    }
}
