package dev.statedict.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of an object's members, of which none may be there twice. */
final class MemberNames {
    /** As many are looked through faster than hashed, and most objects have no more. */
    private static final int FEW = 8;

    private @Nullable String[] few = {};
    private int count;
    private @Nullable Set<String> many;

    /** Forgets them, for another object. */
    void clear() {
        count = 0;
        many = null;
    }

    /** Whether a name is there for the first time. */
    boolean add(String name) {
        if (many != null) {
            return many.add(name);
        }
        for (int i = 0; i < count; i++) {
            if (name.equals(few[i])) {
                return false;
            }
        }
        if (count == FEW) {
            Set<String> names = new HashSet<>();
            for (String one : few) {
                names.add(Objects.requireNonNull(one));
            }
            many = names;
            return names.add(name);
        }
        if (count == few.length) {
            few = Arrays.copyOf(few, count == 0 ? FEW / 2 : FEW);
        }
        few[count++] = name;
        return true;
    }
}
