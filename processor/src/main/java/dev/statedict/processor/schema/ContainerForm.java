package dev.statedict.processor.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * How the type of a container names what it holds, whatever class the container is of: {@code ArrayList<Block[]>} and
 * {@code List<List<Block>>} give the same keys.
 */
final class ContainerForm {
    private static final String WILDCARD = "? extends ";

    private ContainerForm() {}

    /** Whether a container of the one type has the keys of one of the other. */
    static boolean isSame(String type, String other) {
        return of(type).equals(of(other));
    }

    private static String of(String type) {
        if (type.startsWith(WILDCARD)) {
            return of(type.substring(WILDCARD.length()));
        }
        if (type.endsWith("[]")) {
            return "list of " + of(type.substring(0, type.length() - 2));
        }
        int open = type.indexOf('<');
        if (open < 0 || !type.endsWith(">")) {
            return type;
        }
        String name = type.substring(0, open);
        List<String> arguments = arguments(type.substring(open + 1, type.length() - 1));
        String last = arguments.get(arguments.size() - 1);
        if (name.endsWith("List")) {
            return "list of " + of(last);
        }
        if (name.endsWith("Map")) {
            return "map of " + of(last);
        }
        return name.equals("Optional") ? of(last) : type;
    }

    private static List<String> arguments(String text) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '<' -> depth++;
                case '>' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        arguments.add(text.substring(start, i));
                        start = i + 2;
                    }
                }
                default -> {}
            }
        }
        arguments.add(text.substring(start));
        return arguments;
    }
}
