package dev.statedict.cli;

import java.util.ArrayList;
import java.util.List;

/** Globs on keys: {@code *} is any characters, dots included, {@code ?} is one. Time is at most length times length. */
record KeyGlob(List<String> patterns) {
    /** What is said of them where a command asks for them. */
    static final String DESCRIPTION =
            "Only keys that one of them matches; * is any characters, dots included, ? is one.";

    /** Whether one of them matches, or there is none. */
    boolean matches(String key) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, key));
    }

    private static boolean matches(String pattern, String key) {
        int at = 0;
        int star = -1;
        int afterStar = 0;
        int from = 0;
        while (from < key.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                afterStar = from;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == key.charAt(from))) {
                at++;
                from++;
            } else if (star >= 0) {
                // the last star takes one more; earlier ones need not be asked again
                at = star + 1;
                from = ++afterStar;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** The keys that match, in order; one at least. */
    List<String> select(Iterable<String> keys, String file) throws InputException {
        List<String> selected = new ArrayList<>();
        int count = 0;
        for (String key : keys) {
            count++;
            if (matches(key)) {
                selected.add(key);
            }
        }
        if (selected.isEmpty() && !patterns.isEmpty()) {
            throw new InputException("no key of " + file + " matches " + String.join(" or ", patterns)
                    + "; statedict ls lists all " + count);
        }
        return selected;
    }
}
