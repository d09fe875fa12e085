package dev.statedict.tree;

import org.jspecify.annotations.Nullable;

/**
 * Whether a path of one tree names the same place as a path of another, asked for one module after another. Remembers
 * the last two that did and those around them, as neighbours share them: mostly two references are compared.
 */
public final class SamePath {
    private ModulePath left = ModulePath.ROOT;
    private ModulePath right = ModulePath.ROOT;
    private @Nullable SamePath around;

    /** Whether a key, given as a path and what follows it, is that of a module's member. */
    public boolean isKey(ModulePath path, String name, ModulePath module, String memberName) {
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
        return around.test(parent, otherParent);
    }
}
