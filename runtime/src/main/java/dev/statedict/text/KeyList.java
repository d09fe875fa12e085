package dev.statedict.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keys as text: all of them while a person would read them, else the first ones and where the rest lie. */
public final class KeyList {
    private static final int READABLE = 20;

    private static final int SHOWN = 8;
    private static final int GROUPS = 4;

    private KeyList() {}

    /** As PyTorch's errors list them: {@code "a", "b"}. */
    public static String quoted(List<String> keys) {
        return join(keys, key -> '"' + key + '"');
    }

    /** As Python prints a list's elements: {@code 'a', 'b'}. */
    public static String python(List<String> keys) {
        return join(keys, PythonText::quote);
    }

    /** As they print themselves. */
    public static String plain(Collection<?> items) {
        List<String> texts = items.stream().map(Object::toString).toList();
        return join(texts, text -> text);
    }

    /** Lines as they are, the last saying how many more there are of {@code noun}. */
    public static List<String> lines(List<String> lines, String noun) {
        if (lines.size() <= READABLE) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, READABLE));
        shown.add("... and " + count(lines.size() - READABLE, noun) + ".");
        return shown;
    }

    /** {@code 1 key}, {@code 4,992 keys}. */
    public static String count(int count, String noun) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? noun : noun + "s");
    }

    private static String join(List<String> keys, Function<String, String> text) {
        if (keys.size() <= READABLE) {
            return keys.stream().map(text).collect(Collectors.joining(", "));
        }
        String shown = keys.stream().limit(SHOWN).map(text).collect(Collectors.joining(", "));
        List<String> rest = keys.subList(SHOWN, keys.size());
        return shown + ", ... and " + String.format(Locale.ROOT, "%,d", rest.size()) + " more" + groups(rest);
    }

    /** Where the keys lie: {@code (4,000 below "encoder.", 992 below "head.")}. */
    private static String groups(List<String> keys) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (String key : keys) {
            int dot = key.indexOf('.');
            if (dot > 0) {
                sizes.merge(key.substring(0, dot + 1), 1, Integer::sum);
            }
        }
        if (sizes.isEmpty() || sizes.size() > GROUPS) {
            return "";
        }
        return sizes.entrySet().stream()
                .map(group -> String.format(Locale.ROOT, "%,d below \"%s\"", group.getValue(), group.getKey()))
                .collect(Collectors.joining(", ", " (", ")"));
    }
}
