package dev.statedict.tensor;

import java.util.List;
import java.util.stream.Stream;

/**
 * The texts of the elements that are shown of one tensor, in row-major order.
 *
 * @param width what PyTorch takes for their common width when it breaks lines; a NaN or an infinity may be wider
 */
record ElementTexts(List<String> texts, int width) {

    /** Right-aligned to the width of the longest. */
    static ElementTexts of(Stream<String> texts) {
        List<String> all = texts.toList();
        return aligned(all, all.stream().mapToInt(String::length).max().orElse(1));
    }

    /** Right-aligned to the given width. */
    static ElementTexts aligned(List<String> texts, int width) {
        return new ElementTexts(
                texts.stream()
                        .map(text -> " ".repeat(Math.max(0, width - text.length())) + text)
                        .toList(),
                width);
    }
}
