package dev.statedict.tree;

import dev.statedict.StateAssigner;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the member names of one module after another. Generated modules cannot repeat or misname a member, the compiler
 * saw to that; classes written by hand can. As long as a module has the very names of the one before it, there is
 * nothing to check.
 */
final class MemberNames {
    private static final int FEW = 16;

    // sound, and no two the same; behind the last stands null
    private @Nullable String[] names = new String[4];
    private int count;
    // the current module has had so many of them, the first ones
    private int position;
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

    /** The names that follow are those of another module. */
    void nextModule() {
        position = 0;
        many = null;
    }

    /** Whether nothing is wrong with the name, and it is new to the module. */
    boolean add(String name) {
        if (names[position] == name) {
            position++;
            return true;
        }
        return check(name);
    }

    /** From here on the module differs from the one before it. */
    private boolean check(String name) {
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
        List<String> soFar = Arrays.asList(names).subList(0, count);
        if (count <= FEW) {
            return soFar.contains(name);
        }
        if (many == null) {
            many = new HashSet<>(soFar);
        }
        return !many.add(name);
    }
}
