package dev.statedict.sample;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a model was trained on, which is saved with it: so whoever loads it knows which rows it has not seen.
 *
 * @param seed what decided the split of the digits
 * @param digits their digest: of other digits it has seen none
 */
record Origin(long seed, String digits) {
    static Origin of(Digits digits, long seed) {
        return new Origin(seed, digest(digits));
    }

    /** As extra state, or nothing when it says neither. */
    static Optional<Origin> from(Map<String, String> extraState) {
        try {
            long seed = Long.parseLong(extraState.getOrDefault("seed", ""));
            return Optional.ofNullable(extraState.get("digits")).map(digits -> new Origin(seed, digits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    Map<String, String> toExtraState() {
        return Map.of("seed", Long.toString(seed), "digits", digits);
    }

    /** Whether these are the digits that some rows of were trained on. */
    boolean saw(Digits others) {
        return digits.equals(digest(others));
    }

    private static String digest(Digits digits) {
        float[] labels = new float[digits.size()];
        IntStream.range(0, labels.length).forEach(i -> labels[i] = digits.labels()[i]);
        return StateDict.of(Map.of("images", digits.images(), "labels", Tensor.wrap(labels, labels.length)))
                .digest();
    }
}
