package dev.statedict.io.mapping;

import dev.statedict.text.KeyPattern;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The two sides of a concatenation, which a split has as well: a whole, and the pieces that it consists of.
 *
 * @param whole the key of the whole
 * @param keys those of the pieces in order, with the same groups
 * @param dim along which they lie; a negative one counts from the end
 * @param sizes of the pieces along it; empty when they are equal
 */
public record Pieces(KeyPattern whole, List<KeyPattern> keys, int dim, List<Integer> sizes) {
    /**
     * Checks what can be checked without tensors.
     *
     * @param whole the key of the whole
     * @param keys those of the pieces
     * @param dim along which they lie
     * @param sizes of the pieces along it
     */
    public Pieces {
        keys = List.copyOf(keys);
        sizes = List.copyOf(sizes);
        if (keys.size() < 2) {
            throw new IllegalArgumentException("there are " + keys.size() + " pieces; give two or more");
        }
        if (new HashSet<>(keys).size() < keys.size()) {
            throw new IllegalArgumentException("two of the pieces " + keys + " have one name");
        }
        for (KeyPattern key : keys) {
            if (!key.groups().equals(whole.groups())) {
                throw new IllegalArgumentException("\"" + key + "\" and \"" + whole
                        + "\" differ in their groups; give each piece the groups of the whole");
            }
        }
        if (!sizes.isEmpty() && (sizes.size() != keys.size() || sizes.stream().anyMatch(size -> size < 0))) {
            throw new IllegalArgumentException(
                    "sizes " + sizes + " are not those of " + keys.size() + " pieces; give one for each, or none");
        }
    }

    /** The dimension counted from the first; -1 when there is none. */
    int dimension(Item item) {
        int counted = dim < 0 ? dim + item.dim() : dim;
        return counted < 0 || counted >= item.dim() ? -1 : counted;
    }

    /** The sizes of the pieces of a whole; null when it has no such pieces. */
    int @Nullable [] of(int size) {
        if (sizes.isEmpty()) {
            return size % keys.size() != 0
                    ? null
                    : IntStream.generate(() -> size / keys.size())
                            .limit(keys.size())
                            .toArray();
        }
        int[] given = sizes.stream().mapToInt(Integer::intValue).toArray();
        return Arrays.stream(given).asLongStream().sum() == size ? given : null;
    }

    String along() {
        return " along dimension " + dim + (sizes.isEmpty() ? "" : " with sizes " + sizes);
    }

    String names() {
        return "\""
                + String.join("\", \"", keys.stream().map(KeyPattern::toString).toList()) + "\"";
    }
}
