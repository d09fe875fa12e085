package dev.statedict.tree;

import dev.statedict.StateVisitor;
import dev.statedict.tensor.AsTensor;
import org.jspecify.annotations.Nullable;

/** Knows through what the member that is told next is read. */
public abstract non-sealed class MemberVisitor extends StateVisitor {
    // of the member that is told next, where it is read through one
    private @Nullable String accessor;
    private @Nullable String accessed;

    @Override
    public void accessor(String name, String method) {
        accessed = name;
        accessor = method;
    }

    /** What a member that is being told was read through; null where that is no accessor. */
    @Nullable
    String takeAccessor(String name) {
        String taken = name.equals(accessed) ? accessor : null;
        accessed = null;
        return taken;
    }

    /** What was thrown while a module told its members, as that of the member whose accessor threw it, if any did. */
    final RuntimeException ofAccessor(ModulePath at, RuntimeException thrown) {
        return accessed == null
                ? thrown
                : new IllegalStateException(
                        "the accessor " + accessor + " of \"" + at.key(accessed) + "\" threw " + thrown, thrown);
    }

    /** Such an object may hand out copies, as an accessor may. */
    final void announce(String name, @Nullable AsTensor value) {
        if (value != null && accessed == null) {
            accessor(name, value.getClass().getSimpleName() + ".asTensor()");
        }
    }
}
