package dev.statedict.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The arguments of a command line as a shell takes them apart, of words and 'quoted words'. */
final class CommandWords {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private CommandWords() {}

    static String[] of(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        if (!words.remove(0).equals("statedict")) {
            throw new IllegalArgumentException(line);
        }
        return words.toArray(String[]::new);
    }
}
