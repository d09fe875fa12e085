package dev.statedict.text;

import java.util.List;

/**
 * A simple glob on keys: {@code *} stands for any characters, dots included, {@code ?} for one. So {@code head.*} is
 * everything below {@code head}.
 *
 * <p>It is matched without a regular expression, which would backtrack: keys come from files, and one long key against an
 * everyday glob such as {@code *.a.*.b.*.weight} took seconds, with the third power of its length. Here what follows a
 * star is looked for from left to right, and once it is found nothing before it is asked again, so that the time is in
 * proportion to the key.
 *
 * @param text as it was written
 */
public record Glob(String text) {
    /** Whether one of the globs matches the key. */
    public static boolean anyMatches(List<Glob> globs, String key) {
        for (Glob glob : globs) {
            if (glob.matches(key)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is the one key that it matches. */
    public boolean isLiteral() {
        return text.indexOf('*') < 0 && text.indexOf('?') < 0;
    }

    /** Whether it matches a key. */
    public boolean matches(String key) {
        return matches(key, false);
    }

    /** Whether it matches a key, or every key that another glob matches. */
    public boolean covers(String keyOrGlob) {
        return matches(keyOrGlob, true);
    }

    private boolean matches(String key, boolean keyIsGlob) {
        int glob = 0;
        int at = 0;
        // behind the last star, and how far in the key that star reaches; earlier ones need never reach further
        int behindStar = -1;
        int reached = 0;
        while (at < key.length()) {
            int character = key.codePointAt(at);
            if (glob < text.length() && text.charAt(glob) == '*') {
                glob++;
                behindStar = glob;
                reached = at;
            } else if (glob < text.length() && accepts(text.codePointAt(glob), character, keyIsGlob)) {
                glob += Character.charCount(text.codePointAt(glob));
                at += Character.charCount(character);
            } else if (behindStar >= 0) {
                reached += Character.charCount(key.codePointAt(reached));
                at = reached;
                glob = behindStar;
            } else {
                return false;
            }
        }
        while (glob < text.length() && text.charAt(glob) == '*') {
            glob++;
        }
        return glob == text.length();
    }

    private static boolean accepts(int expected, int character, boolean keyIsGlob) {
        // one character is no answer to any number of them
        return expected == '?' ? !keyIsGlob || character != '*' : expected == character;
    }

    @Override
    public String toString() {
        return text;
    }
}
