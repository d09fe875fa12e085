package dev.statedict.tree;

import dev.statedict.StateHooks;
import dev.statedict.Stateful;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The modules and containers from the root to where a traversal is. A level is made once and used for each module at its
 * depth: {@link Traversal} says what that buys.
 */
final class DescentPath {
    private Level[] levels = {};
    private int depth;
    private int nextCheck = 64;

    /**
     * Goes down to a module or container.
     *
     * <p>Whether one contains itself is looked at only when a path has 64 steps, 128, and so on: the way down a cycle is
     * endless, so it comes that far.
     *
     * @throws IllegalStateException when one on the path contains itself
     */
    Level descend(ModulePath at, Object moduleOrContainer) {
        if (depth == levels.length) {
            grow();
        }
        Level level = levels[depth++];
        level.occupy(at, moduleOrContainer);
        if (depth == nextCheck) {
            refuseCycle();
            nextCheck *= 2;
        }
        return level;
    }

    private void grow() {
        levels = Arrays.copyOf(levels, Math.max(8, depth * 2));
        for (int i = depth; i < levels.length; i++) {
            levels[i] = new Level();
        }
    }

    /** The place of a child of the module or container to which this went down last. */
    ModulePath child(ModulePath at, String name) {
        return at.child(levels[depth - 1].children++, name);
    }

    void ascend() {
        depth--;
    }

    /** Where the stack ended: the last steps of a path that nobody would read to its end. */
    String tooDeep() {
        StringBuilder end = new StringBuilder();
        int deepest = Math.max(Math.min(depth, levels.length) - 1, 0);
        // the stack may have ended before the last level was made, or occupied
        while (deepest > 0 && (levels[deepest] == null || levels[deepest].occupant() == null)) {
            deepest--;
        }
        ModulePath at = levels[deepest].path();
        for (int i = 0; i < 8 && !at.isRoot(); i++) {
            end.insert(0, i == 0 ? at.name() : at.name() + '.');
            at = Objects.requireNonNull(at.parent());
        }
        return "the module tree is too deep for the stack of this thread: at level " + depth + ", below \""
                + (at.isRoot() ? "" : "...") + end
                + "\", it ended; nest modules less, or call from a thread with a larger"
                + " stack (java -Xss)";
    }

    private void refuseCycle() {
        Map<Object, Level> met = new IdentityHashMap<>();
        for (int i = 0; i < depth; i++) {
            Object occupant = Objects.requireNonNull(levels[i].occupant());
            Level first = met.putIfAbsent(occupant, levels[i]);
            if (first != null) {
                throw new IllegalStateException("the " + (occupant instanceof Stateful ? "module" : "container")
                        + " at \"" + first.path() + "\" ("
                        + occupant.getClass().getSimpleName() + ") contains itself through \""
                        + levels[i].path().below(first.path())
                        + "\": write @Transient on the field that leads back");
            }
        }
    }

    /**
     * A depth in a module tree, as a traversal comes by. The modules at one depth are mostly of one class, so that what was
     * found out of the one before need not be found out again.
     */
    static final class Level {
        private ModulePath path = ModulePath.ROOT;
        private @Nullable Object occupant;
        // not made for a module that tells its members in order, of which no name is looked at
        private @Nullable MemberNames names;
        private boolean hasHooks;
        // it has hooks, or is to be asked again: one look for both, as nearly all modules are neither
        private boolean toBeLeft;
        private boolean askAgain;
        private boolean inOrder;
        private int children;

        void occupy(ModulePath at, Object moduleOrContainer) {
            // that a class lacks an interface takes long to find, for all that it has are looked at
            if (occupant == null || occupant.getClass() != moduleOrContainer.getClass()) {
                hasHooks = moduleOrContainer instanceof StateHooks;
                toBeLeft = hasHooks;
                inOrder = false;
            }
            path = at;
            occupant = moduleOrContainer;
            children = 0;
            if (!inOrder && names != null) {
                names.nextModule();
            }
        }

        /** Objects of the occupant's class tell their members in order, under names that need no check. */
        void tellsInOrder() {
            inOrder = true;
        }

        /** Whether the module's members need not wait, and their names not be looked at. */
        boolean isInOrder() {
            return inOrder;
        }

        /** The path of the module or container that the traversal is at, or was at last. */
        ModulePath path() {
            return path;
        }

        /** The place of the next child of the module that the traversal is at. */
        ModulePath child(String name) {
            return path.child(children++, name);
        }

        /** The module or container that the traversal is at, or was at last. */
        @Nullable
        Object occupant() {
            return occupant;
        }

        /** The names of its members. */
        MemberNames names() {
            MemberNames made = names;
            if (made == null) {
                made = new MemberNames();
                made.nextModule();
                names = made;
            }
            return made;
        }

        /** Whether it is a module with hooks. */
        boolean hasHooks() {
            return hasHooks;
        }

        /** What the module told is to be compared with what it tells when it is asked again. */
        void askAgain() {
            askAgain = true;
            toBeLeft = true;
        }

        /** Whether there is something to do after the module's children. */
        boolean isToBeLeft() {
            return toBeLeft;
        }

        /** Whether it is to be asked again, once. */
        boolean takeAskAgain() {
            boolean taken = askAgain;
            askAgain = false;
            toBeLeft = hasHooks;
            return taken;
        }
    }
}
