package dev.statedict;

import dev.statedict.SourceEntries.SourceEntry;
import dev.statedict.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what a missing key may be called in the dict: an unexpected key of the same shape and nearly the same name. */
final class NearestKey {
    private NearestKey() {}

    static Optional<SourceEntry> find(LoadTarget target, List<SourceEntry> candidates) {
        String key = target.key();
        int tolerated = Math.max(2, key.length() / 3);
        return candidates.stream()
                .filter(entry -> hasShapeOf(target, entry))
                .filter(entry -> distance(key, entry.key()) <= tolerated)
                .min(Comparator.comparing(entry -> distance(key, entry.key())));
    }

    private static boolean hasShapeOf(LoadTarget target, SourceEntry entry) {
        return target instanceof LoadTarget.OfTensor place
                && entry.value() instanceof Tensor given
                && place.current().hasSameShapeAs(given);
    }

    /** The Levenshtein distance: insertions, deletions and substitutions of characters. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substituted, Math.min(row[j - 1], above) + 1);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
