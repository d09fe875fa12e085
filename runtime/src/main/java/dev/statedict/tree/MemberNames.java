package dev.statedict.tree;

import dev.statedict.StateAssigner;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the member names of one module after another. Generated modules cannot repeat or misname a member, the compiler
 * saw to that; classes written by hand can. As long as a module has the very names of the one before it, there is
 * nothing to check.
 *
 * <p>Members that are to be looked at, for they may be read through accessors, are watched: their names are not expected.
 * To ask of each member whether it is such took an eighth of the time in which a dict of 2,000 tensors is made.
 */
final class MemberNames {
    private static final int FEW = 16;

    // sound, and no two the same; behind the last stands null
    private @Nullable String[] names = new String[4];
    private int count;
    // the current module has had so many of them, the first ones; where it is watched, the null behind the last
    private int position;
    // how many it has had, where all it has are watched; the complement of that less one, where the next is; else -1
    private int had = -1;
    private boolean sound = true;
    // those that it has had, where a search among them would take long
    private @Nullable Set<String> many;

    /** What is wrong with a name, in the words of PyTorch's {@code register_parameter}; null when nothing is. */
    static @Nullable String problem(String name) {
        if (name.isEmpty()) {
            return "a key can't be the empty string \"\"";
        }
        if (name.indexOf('.') >= 0) {
            return "a key can't contain \".\"";
        }
        boolean reserved = name.equals(StateAssigner.EXTRA_STATE) || name.equals("__metadata__");
        return reserved ? "this key is reserved" : null;
    }

    /** The names that follow are those of another module. All are watched. */
    void nextModule() {
        position = count;
        had = 0;
        many = null;
    }

    /** Watches one name if not all are. */
    void watchNext() {
        if (had == -1) {
            had = -2 - position;
            position = count;
        }
    }

    /** No name is watched any more. */
    void unwatch() {
        if (had != -1) {
            position = had < 0 ? -2 - had : had;
            had = -1;
        }
    }

    /** If one name was to be watched, it is no more. */
    void unwatchNext() {
        if (had < -1) {
            unwatch();
        }
    }

    /** Whether the names that come are watched. */
    boolean areWatched() {
        return had >= 0;
    }

    /** Adds a name. Whether there is nothing to look at: it is not watched, and {@linkplain #areSound sound}. */
    boolean add(String name) {
        if (names[position] == name) {
            position++;
            return true;
        }
        return check(name);
    }

    /** Whether so far nothing is wrong with a name, and each is new to the module. */
    boolean areSound() {
        return sound;
    }

    private boolean check(String name) {
        boolean all = had >= 0;
        boolean watched = had != -1;
        unwatch();
        if (names[position] == name) {
            position++;
        } else {
            sound = addOther(name);
        }
        if (all) {
            had = position;
            position = count;
        }
        return sound && !watched;
    }

    /** From here on the module differs from the one before it. */
    private boolean addOther(String name) {
        count = position;
        if (problem(name) != null || isThere(name)) {
            return false;
        }
        names[count++] = name;
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
        }
        names[count] = null;
        position = count;
        return true;
    }

    private boolean isThere(String name) {
        if (count > FEW) {
            return isAmongMany(name);
        }
        // by hand, for a list's loop is so large that the just-in-time compiler leaves half of the walk out of line
        for (int i = 0; i < count; i++) {
            if (name.equals(names[i])) {
                return true;
            }
        }
        return false;
    }

    private boolean isAmongMany(String name) {
        if (many == null) {
            many = new HashSet<>(Arrays.asList(names).subList(0, count));
        }
        return !many.add(name);
    }
}
