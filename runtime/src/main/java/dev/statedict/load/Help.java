package dev.statedict.load;

import dev.statedict.load.Targets.Target;
import dev.statedict.tensor.Tensor;
import dev.statedict.text.KeyList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What may be behind a failed load, and the mend: a prefix too many or too few, a whole checkpoint in place of its model,
 * names that changed a little, transposed weights, members that are null. Guesses are made only from keys and shapes; each is said once.
 */
final class Help {
    /** A prefix, ending in a dot, and how many keys it would explain. */
    private record Prefix(String text, int count) {
        String subModule() {
            return text.substring(0, text.length() - 1);
        }
    }

    private static final int RULES_SHOWN = 3;

    private final List<Target> missing;
    private final List<SourceEntry> unexpected;
    private final Set<String> missingKeys;
    private final Set<String> unexpectedKeys;
    private final List<String> hints = new ArrayList<>();

    private Help(List<Target> missing, List<SourceEntry> unexpected) {
        this.missing = missing;
        this.unexpected = unexpected;
        this.missingKeys = missing.stream().map(Target::key).collect(Collectors.toCollection(LinkedHashSet::new));
        this.unexpectedKeys =
                unexpected.stream().map(SourceEntry::givenKey).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** One hint a line; empty when nothing comes to mind. */
    static String of(
            List<Target> missing,
            List<SourceEntry> unexpected,
            Set<String> absent,
            List<Problem> problems,
            boolean noneUsed) {
        Help help = new Help(missing, unexpected);
        help.absent(absent);
        if (!help.prefixTooMany(noneUsed) && !help.prefixTooFew(noneUsed)) {
            help.nearestNames();
        }
        help.transposed(problems);
        return String.join("\n", help.hints);
    }

    /** Keys of members that are null, or of what is below them. */
    private void absent(Set<String> absent) {
        Set<String> named = new LinkedHashSet<>();
        // a key from a file may be very long
        int longest = absent.stream().mapToInt(String::length).max().orElse(0);
        for (String key : unexpectedKeys) {
            int end = key.length() <= longest ? key.length() : key.lastIndexOf('.', longest);
            for (; end > 0; end = key.lastIndexOf('.', end - 1)) {
                if (absent.contains(key.substring(0, end))) {
                    named.add(key.substring(0, end));
                }
            }
        }
        if (!named.isEmpty()) {
            hints.add(KeyList.quoted(List.copyOf(named)) + (named.size() == 1 ? " is" : " are")
                    + " null in the module, and a load makes no members; set "
                    + (named.size() == 1 ? "it" : "them") + " before the load");
        }
    }

    /** {@code module.fc.weight} given for {@code fc.weight}, or {@code model.fc.weight} among an optimiser's keys. */
    private boolean prefixTooMany(boolean noneUsed) {
        Prefix prefix = commonest(unexpectedKeys, missingKeys).orElse(new Prefix("", 0));
        int all = unexpectedKeys.size();
        boolean fitsTheModule = 2 * prefix.count() >= missingKeys.size();
        if (prefix.count() == 0 || (prefix.count() < all && !fitsTheModule)) {
            return false;
        }
        if (prefix.count() < all && noneUsed) {
            hints.add(subject(prefix.count()) + " below `" + prefix.text()
                    + "`: this looks like a whole checkpoint; use its model part, `dict.sub(\"" + prefix.subModule()
                    + "\")`");
        } else {
            hints.add(subject(prefix.count()) + " after removing the prefix `" + prefix.text()
                    + "`; use `dict.withoutPrefix(\"" + prefix.text() + "\")`" + rule("withoutPrefix", prefix.text()));
        }
        return true;
    }

    /** {@code fc.weight} given for {@code module.fc.weight}; where some keys fit, a prefix would make them misfits. */
    private boolean prefixTooFew(boolean noneUsed) {
        Prefix prefix = commonest(missingKeys, unexpectedKeys).orElse(new Prefix("", 0));
        if (prefix.count() == 0 || 2 * prefix.count() < unexpectedKeys.size() || !noneUsed) {
            return false;
        }
        hints.add(subject(prefix.count()) + " after adding the prefix `" + prefix.text() + "`; use `dict.withPrefix(\""
                + prefix.text() + "\")`" + rule("withPrefix", prefix.text()));
        return true;
    }

    private String subject(int count) {
        int all = unexpectedKeys.size();
        if (count == all) {
            return all == 1 ? "the unexpected key matches" : "all " + all + " unexpected keys match";
        }
        return count + " of " + all + " unexpected keys " + (count == 1 ? "matches" : "match");
    }

    /** The prefix whose removal makes the most of the long keys one of the short ones. */
    private static Optional<Prefix> commonest(Set<String> longKeys, Set<String> shortKeys) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        // a key from a file may be very long, and each of its ends would be hashed
        int longest = shortKeys.stream().mapToInt(String::length).max().orElse(0);
        for (String key : longKeys) {
            for (int dot = key.indexOf('.', key.length() - 1 - longest); dot >= 0; dot = key.indexOf('.', dot + 1)) {
                if (shortKeys.contains(key.substring(dot + 1))) {
                    counts.merge(key.substring(0, dot + 1), 1, Integer::sum);
                }
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new Prefix(entry.getKey(), entry.getValue()))
                .max((one, other) -> Integer.compare(one.count(), other.count()));
    }

    private void nearestNames() {
        NearestKey nearest = new NearestKey(unexpected);
        for (Target target : missing) {
            Optional<String> found = nearest.take(target);
            if (found.isPresent()) {
                hints.add("\"" + target.key() + "\" is missing, and \"" + found.get()
                        + "\" of the same shape is unexpected; if it was renamed, use `LoadOptions.rename(\""
                        + found.get() + "\", \"" + target.key() + "\")`");
            }
        }
    }

    private void transposed(List<Problem> problems) {
        List<String> keys = problems.stream()
                .filter(problem -> problem instanceof Problem.SizeMismatch mismatch && mismatch.isTransposed())
                .map(problem -> ((Problem.SizeMismatch) problem).key())
                .toList();
        if (!keys.isEmpty()) {
            hints.add((keys.size() == 1 ? "the shape of " : "the shapes of ") + KeyList.quoted(keys)
                    + (keys.size() == 1 ? " is" : " are") + " transposed; use `tensor.transpose(0, 1)`"
                    + rule("withTranspose", keys.toArray(String[]::new)));
        }
    }

    /** The mend as rules of a mapping, of which the first few show how it goes on. */
    private static String rule(String method, String... arguments) {
        StringBuilder rules = new StringBuilder("KeyMapping.empty()");
        for (int i = 0; i < arguments.length && i < RULES_SHOWN; i++) {
            rules.append('.').append(method).append("(\"").append(arguments[i]).append("\")");
        }
        return ", or the mapping `" + rules + "`" + (arguments.length > RULES_SHOWN ? " and so on" : "");
    }

    /** Finds what a missing key may be called in the dict: an unexpected key of the same shape and nearly the same name. */
    private static final class NearestKey {
        // beyond these a person needs the first hints, not all of them, and not to wait for them
        private static final int LOOKED_AT = 200;
        private static final int NAMED = 5;

        private final List<SourceEntry> candidates;
        private int asked;
        private int named;

        NearestKey(List<SourceEntry> unexpected) {
            this.candidates = new ArrayList<>(unexpected.subList(0, Math.min(unexpected.size(), LOOKED_AT)));
        }

        /** The nearest of the keys not taken yet, as the caller called it; empty when none is near. */
        Optional<String> take(Target target) {
            if (named == NAMED || ++asked > LOOKED_AT) {
                return Optional.empty();
            }
            SourceEntry nearest = null;
            int least = Integer.MAX_VALUE;
            for (SourceEntry candidate : candidates) {
                if (hasShapeOf(target, candidate)) {
                    int limit = Math.min(least - 1, tolerated(target.key(), candidate.key()));
                    int distance = distance(target.key(), candidate.key(), limit);
                    if (distance <= limit) {
                        nearest = candidate;
                        least = distance;
                    }
                }
            }
            if (nearest == null) {
                return Optional.empty();
            }
            named++;
            candidates.remove(nearest);
            return Optional.of(nearest.givenKey());
        }

        /** A third of the name may differ; of a very short one a single character, if another is left. */
        private static int tolerated(String one, String other) {
            int longer = Math.max(one.length(), other.length());
            return Math.min(Math.max(1, longer / 3), longer - 1);
        }

        private static boolean hasShapeOf(Target target, SourceEntry entry) {
            return target instanceof Target.OfTensor place
                    && entry.value() instanceof Tensor given
                    && place.current().hasSameShapeAs(given);
        }

        /** The Levenshtein distance (insertions, deletions, substitutions), or something beyond the limit that it exceeds. */
        private static int distance(String one, String other, int limit) {
            int least = Math.abs(one.length() - other.length());
            if (least > limit) {
                return least;
            }
            int[] row = new int[other.length() + 1];
            for (int j = 0; j <= other.length(); j++) {
                row[j] = j;
            }
            for (int i = 1; i <= one.length(); i++) {
                int diagonal = row[0];
                row[0] = i;
                int nearest = i;
                for (int j = 1; j <= other.length(); j++) {
                    int above = row[j];
                    int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                    row[j] = Math.min(substituted, Math.min(row[j - 1], above) + 1);
                    diagonal = above;
                    nearest = Math.min(nearest, row[j]);
                }
                if (nearest > limit) {
                    return nearest;
                }
            }
            return row[other.length()];
        }
    }
}
