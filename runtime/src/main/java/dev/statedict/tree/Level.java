package dev.statedict.tree;

import dev.statedict.StateHooks;
import org.jspecify.annotations.Nullable;

/**
 * A depth in a module tree, as a traversal comes by. The modules at one depth are mostly of one class, so that what was
 * found out of the one before need not be found out again.
 */
public final class Level {
    private ModulePath path = ModulePath.ROOT;
    private @Nullable Object occupant;
    private final MemberNames names = new MemberNames();
    private boolean hasHooks;

    void occupy(ModulePath at, Object moduleOrContainer) {
        // that a class lacks an interface takes long to find, for all that it has are looked at
        if (occupant == null || occupant.getClass() != moduleOrContainer.getClass()) {
            hasHooks = moduleOrContainer instanceof StateHooks;
        }
        path = at;
        occupant = moduleOrContainer;
        names.nextModule();
    }

    /** The path of the module or container that the traversal is at, or was at last. */
    ModulePath path() {
        return path;
    }

    /** The module or container that the traversal is at, or was at last. */
    @Nullable
    Object occupant() {
        return occupant;
    }

    /** The names of its members. */
    MemberNames names() {
        return names;
    }

    /** Whether it is a module with hooks. */
    boolean hasHooks() {
        return hasHooks;
    }
}
