package dev.statedict.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of keys with named groups, which reads both ways: it takes the groups from a key, and makes a key of groups.
 * <code>{layer}</code> stands for all or the middle of one part of a key, the text between two dots; <code>{rest*}</code>
 * for one or more whole parts.
 *
 * <p>A part has one group at most, and a pattern one of whole parts, so that a key can be divided in one way only, without a
 * search: matching takes time in proportion to the key, and what was taken apart comes together as the same key.
 */
public final class KeyPattern {
    /** What stands between two dots: a text, or a group between two texts, which may be empty. */
    private record Part(String before, @Nullable String group, String after) {
        boolean isMany() {
            return group != null && group.endsWith("*");
        }

        boolean matches(String text) {
            if (group == null) {
                return text.equals(before);
            }
            return text.length() > before.length() + after.length() && text.startsWith(before) && text.endsWith(after);
        }

        /** What every text ends with that it matches. */
        String end() {
            return group == null ? before : after;
        }

        String groupOf(String text) {
            return text.substring(before.length(), text.length() - after.length());
        }
    }

    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private final Set<String> groups = new LinkedHashSet<>();
    // the place of the group of whole parts, or -1
    private int many = -1;

    /**
     * A pattern.
     *
     * @param text as it is written
     * @throws IllegalArgumentException when it is none; the message says how one is written
     */
    public KeyPattern(String text) {
        this.text = text;
        for (String part : text.split("\\.", -1)) {
            add(part);
        }
    }

    private void add(String part) {
        int begin = part.indexOf('{');
        int end = part.indexOf('}');
        String outside = begin >= 0 && end > begin ? part.substring(0, begin) + part.substring(end + 1) : part;
        if (outside.indexOf('{') >= 0 || outside.indexOf('}') >= 0) {
            throw refused("has more or less than one whole group in the part \"" + part
                    + "\"; write one {name} at most between two dots");
        }
        if (outside.indexOf('*') >= 0 || outside.indexOf('?') >= 0) {
            throw refused("has a glob in it; name what is to be kept, {name} for a part of the key and {name*} for"
                    + " several");
        }
        if (outside.equals(part)) {
            parts.add(new Part(part, null, ""));
            return;
        }
        String group = part.substring(begin + 1, end);
        boolean isMany = group.endsWith("*");
        String name = isMany ? group.substring(0, group.length() - 1) : group;
        if (name.isEmpty() || !name.chars().allMatch(Character::isJavaIdentifierPart)) {
            throw refused("has a group {" + group + "}; a name is of letters, digits and _");
        }
        if (isMany && (!outside.isEmpty() || many >= 0)) {
            throw refused("cannot be read in one way only; {" + group
                    + "} stands for whole parts, between dots, and once in a pattern");
        }
        if (groups.contains(name) || groups.contains(name + "*")) {
            throw refused("names the group {" + name + "} twice");
        }
        if (isMany) {
            many = parts.size();
        }
        groups.add(group);
        parts.add(new Part(part.substring(0, begin), group, part.substring(end + 1)));
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("the pattern \"" + text + "\" " + why);
    }

    /** {@return the names of the groups as they stand between the braces, in order} */
    public Set<String> groups() {
        return Set.copyOf(groups);
    }

    /** {@return whether it has no group, and so is the one key that matches} */
    public boolean isLiteral() {
        return groups.isEmpty();
    }

    /** {@return what the groups stand for in a key, by name; null when the key does not match} */
    public @Nullable Map<String, String> match(String key) {
        if (isLiteral()) {
            return key.equals(text) ? Map.of() : null;
        }
        // most keys are told here: dividing one takes ten times as long
        if (!key.startsWith(parts.get(0).before())
                || !key.endsWith(parts.get(parts.size() - 1).end())) {
            return null;
        }
        String[] texts = key.split("\\.", -1);
        int more = texts.length - parts.size();
        if (more < 0 || (more > 0 && many < 0)) {
            return null;
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            int at = many >= 0 && i > many ? i + more : i;
            if (part.isMany()) {
                found.put(part.group(), String.join(".", List.of(texts).subList(at, at + more + 1)));
            } else if (!part.matches(texts[at])) {
                return null;
            } else if (part.group() != null) {
                found.put(part.group(), part.groupOf(texts[at]));
            }
        }
        return found;
    }

    /** {@return the key in which the groups stand for these texts; there is one for each} */
    public String key(Map<String, String> found) {
        StringBuilder key = new StringBuilder();
        for (Part part : parts) {
            key.append(key.length() == 0 && part == parts.get(0) ? "" : ".").append(part.before());
            if (part.group() != null) {
                key.append(found.get(part.group()));
            }
            key.append(part.after());
        }
        return key.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyPattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
