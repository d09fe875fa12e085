package dev.statedict;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A simple glob on keys: {@code *} stands for any characters, dots included, {@code ?} for one. So {@code head.*} is
 * everything below {@code head}.
 *
 * @param glob as it was written
 * @param regex the same, compiled
 */
record KeyPattern(String glob, Pattern regex) {
    static KeyPattern of(String glob) {
        String regex = glob.codePoints()
                .mapToObj(c -> switch (c) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(c));
                })
                .collect(Collectors.joining());
        return new KeyPattern(glob, Pattern.compile(regex, Pattern.DOTALL));
    }

    static boolean anyMatches(List<KeyPattern> patterns, String key) {
        for (KeyPattern pattern : patterns) {
            if (pattern.regex.matcher(key).matches()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPattern pattern && glob.equals(pattern.glob);
    }

    @Override
    public int hashCode() {
        return glob.hashCode();
    }

    @Override
    public String toString() {
        return glob;
    }
}
