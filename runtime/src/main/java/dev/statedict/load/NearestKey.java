package dev.statedict.load;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what a missing key may be called in the dict: an unexpected key of the same shape and nearly the same name. */
public final class NearestKey {
    // beyond these a person needs the first hints, not all of them, and not to wait for them
    private static final int LOOKED_AT = 200;
    private static final int NAMED = 5;

    private final List<Sources.Entry> candidates;
    private int asked;
    private int named;

    NearestKey(List<Sources.Entry> unexpected) {
        this.candidates = new ArrayList<>(unexpected.subList(0, Math.min(unexpected.size(), LOOKED_AT)));
    }

    /** The nearest of the keys not taken yet, as the caller called it; empty when none is near. */
    Optional<String> take(Target target) {
        if (named == NAMED || ++asked > LOOKED_AT) {
            return Optional.empty();
        }
        Sources.Entry nearest = null;
        int least = Integer.MAX_VALUE;
        for (Sources.Entry candidate : candidates) {
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

    private static boolean hasShapeOf(Target target, Sources.Entry entry) {
        return target instanceof Target.OfTensor place
                && entry.value() instanceof Tensor given
                && place.current().hasSameShapeAs(given);
    }

    /** The Levenshtein distance (insertions, deletions, substitutions), or something beyond the limit that it exceeds. */
    private static int distance(String one, String other, int limit) {
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
