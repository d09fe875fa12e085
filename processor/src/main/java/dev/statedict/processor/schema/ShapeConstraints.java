package dev.statedict.processor.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells whether the shapes that a class declares admit every tensor that those of the locked class admitted. Symbols may
 * have other names now, and a number may have become a symbol; two sizes that were free of each other may not be one.
 */
final class ShapeConstraints {
    private final Map<String, String> lockedSizes = new HashMap<>();

    /** Takes the shapes of one member, the members coming in order. */
    boolean admits(List<String> locked, List<String> now) {
        if (locked.size() != now.size()) {
            return false;
        }
        for (int dim = 0; dim < now.size(); dim++) {
            String size = now.get(dim);
            String before = Character.isDigit(size.charAt(0)) ? size : lockedSizes.putIfAbsent(size, locked.get(dim));
            if (before != null && !before.equals(locked.get(dim))) {
                return false;
            }
        }
        return true;
    }

    /** A shape in the symbols of the locked class, as far as they are known. */
    List<String> inLockedSymbols(List<String> now) {
        return now.stream().map(size -> lockedSizes.getOrDefault(size, size)).toList();
    }
}
