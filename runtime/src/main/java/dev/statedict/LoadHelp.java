package dev.statedict;

import dev.statedict.SourceEntries.SourceEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may be behind a failed load, and the mend: a prefix too many or too few, a whole checkpoint in place of its model,
 * names that changed a little, transposed weights. Guesses are made only from keys and shapes; each is said once.
 */
final class LoadHelp {
    // beyond this many keys a person needs the first hint, not all of them
    private static final int LOOKED_AT = 200;
    private static final int NAMED = 5;

    private final List<SourceEntry> unexpected;
    private final List<LoadTarget> missing;
    private final Set<String> missingKeys = new HashSet<>();
    private final List<String> hints = new ArrayList<>();

    private LoadHelp(List<SourceEntry> unexpected, List<LoadTarget> missing) {
        this.unexpected = unexpected;
        this.missing = missing;
        missing.forEach(target -> missingKeys.add(target.key()));
    }

    /** One hint a line; empty when nothing comes to mind. */
    static String of(SourceEntries source, LoadMatch match, LoadTargets targets) {
        LoadHelp help = new LoadHelp(match.unexpected(targets), match.missing());
        if (!help.prefixTooMany() && !help.prefixTooFew()) {
            help.nearestNames();
        }
        help.transposed(match.problems());
        return String.join("\n", help.hints);
    }

    /** {@code module.fc.weight} given for {@code fc.weight}, or {@code model.fc.weight} among an optimiser's keys. */
    private boolean prefixTooMany() {
        Optional<String> prefix = prefixes(unexpected.stream().map(SourceEntry::key), missingKeys);
        if (prefix.isEmpty()) {
            return false;
        }
        String removed = prefix.get();
        long matching = unexpected.stream()
                .filter(entry -> entry.key().startsWith(removed)
                        && missingKeys.contains(entry.key().substring(removed.length())))
                .count();
        if (matching == unexpected.size()) {
            hints.add("all " + KeyList.count(unexpected.size(), "unexpected key") + " match after removing the prefix `"
                    + removed + "`; use `dict.withoutPrefix(\"" + removed + "\")`");
        } else {
            hints.add(KeyList.count((int) matching, "key") + " of " + unexpected.size()
                    + " unexpected match below `" + removed
                    + "`: this looks like a whole checkpoint; use its model part, `dict.sub(\""
                    + removed.substring(0, removed.length() - 1) + "\")`");
        }
        return true;
    }

    /** {@code fc.weight} given for {@code module.fc.weight}. */
    private boolean prefixTooFew() {
        Set<String> unexpectedKeys = new HashSet<>();
        unexpected.forEach(entry -> unexpectedKeys.add(entry.key()));
        Optional<String> prefix = prefixes(missing.stream().map(LoadTarget::key), unexpectedKeys);
        if (prefix.isEmpty()) {
            return false;
        }
        String added = prefix.get();
        long matching = unexpectedKeys.stream()
                .filter(key -> missingKeys.contains(added + key))
                .count();
        String all = matching == unexpected.size() ? "all " + matching : matching + " of " + unexpected.size();
        hints.add(all + " unexpected " + (matching == 1 ? "key matches" : "keys match") + " after adding the prefix `"
                + added + "`; use `dict.withPrefix(\"" + added + "\")`");
        return true;
    }

    /** The first prefix, ending in a dot, whose removal makes one of the long keys one of the short ones. */
    private static Optional<String> prefixes(Stream<String> longKeys, Set<String> shortKeys) {
        return longKeys.limit(LOOKED_AT)
                .flatMap(key -> dots(key)
                        .filter(dot -> shortKeys.contains(key.substring(dot + 1)))
                        .map(dot -> key.substring(0, dot + 1)))
                .findFirst();
    }

    private static Stream<Integer> dots(String key) {
        return Stream.iterate(key.indexOf('.'), dot -> dot >= 0, dot -> key.indexOf('.', dot + 1));
    }

    private void nearestNames() {
        List<SourceEntry> candidates = new ArrayList<>(unexpected.subList(0, Math.min(unexpected.size(), LOOKED_AT)));
        int named = 0;
        for (LoadTarget target : missing) {
            Optional<SourceEntry> nearest = named < NAMED ? NearestKey.find(target, candidates) : Optional.empty();
            if (nearest.isPresent()) {
                named++;
                candidates.remove(nearest.get());
                hints.add("\"" + target.key() + "\" is missing, and \""
                        + nearest.get().givenKey()
                        + "\" of the same shape is unexpected; if it was renamed, use `LoadOptions.rename(\""
                        + nearest.get().givenKey() + "\", \"" + target.key() + "\")`");
            }
        }
    }

    private void transposed(List<LoadProblem> problems) {
        List<String> keys = problems.stream()
                .filter(problem -> problem instanceof LoadProblem.SizeMismatch mismatch
                        && mismatch.given().length == 2
                        && mismatch.given()[0] == mismatch.expected()[1]
                        && mismatch.given()[1] == mismatch.expected()[0])
                .map(problem -> ((LoadProblem.SizeMismatch) problem).key())
                .toList();
        if (!keys.isEmpty()) {
            hints.add("the shape of " + KeyList.quoted(keys) + " is transposed; use `tensor.transpose(0, 1)`");
        }
    }
}
