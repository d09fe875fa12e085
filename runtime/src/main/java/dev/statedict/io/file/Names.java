package dev.statedict.io.file;

import dev.statedict.text.KeyList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Order and listing of tensor names. */
public final class Names {
    /** The order of their UTF-8 bytes, as Rust and Python sort; {@code String}'s own differs beyond U+D800. */
    public static final Comparator<String> UTF8_ORDER =
            Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private static final int SHOWN_LENGTH = 200;

    private Names() {}

    /**
     * A name for a message.
     *
     * @param name of any length
     * @return the name in quotes, cut when it is very long
     */
    public static String quote(String name) {
        return '"' + cut(name) + '"';
    }

    private static String cut(String name) {
        return name.length() <= SHOWN_LENGTH ? name : name.substring(0, SHOWN_LENGTH) + "...";
    }

    /**
     * Names for a message.
     *
     * @param names any number of them
     * @return all of them, or the first and where the others lie, as in every message; {@code none} when there are none
     */
    public static String list(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        return KeyList.quoted(names.stream().map(Names::cut).toList());
    }

    /**
     * Checks that UTF-8 can express a text.
     *
     * @param text a key, or another text for a file
     * @return the text
     * @throws IllegalArgumentException when it holds half of a surrogate pair
     */
    public static String requireUnicode(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    quote(text) + " holds half of a surrogate pair, which no file can express");
        }
        return text;
    }

    /**
     * What lies below a prefix.
     *
     * @param prefix ends in a dot
     * @param map anything by key
     * @param <V> what
     * @return a new map in the same order, keyed without the prefix
     */
    public static <V extends @Nullable Object> Map<String, V> below(String prefix, Map<String, V> map) {
        Map<String, V> below = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                below.put(key.substring(prefix.length()), value);
            }
        });
        return below;
    }
}
