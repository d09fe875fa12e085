package dev.statedict.processor.model;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A glob on keys, as {@code @Retired} has them: {@code *} stands for any characters, dots included, {@code ?} for one.
 *
 * @param regex what matches the keys, and the globs on keys, that it covers
 */
public record KeyGlob(Pattern regex) {
    public static KeyGlob of(String glob) {
        String regex = glob.codePoints()
                .mapToObj(c -> switch (c) {
                    case '*' -> ".*";
                    // one character is no answer to any number of them
                    case '?' -> "[^*]";
                    default -> Pattern.quote(Character.toString(c));
                })
                .collect(Collectors.joining());
        return new KeyGlob(Pattern.compile(regex, Pattern.DOTALL));
    }

    /** Whether it matches a key, or every key that another glob matches. */
    public boolean covers(String keyOrGlob) {
        return regex.matcher(keyOrGlob).matches();
    }
}
