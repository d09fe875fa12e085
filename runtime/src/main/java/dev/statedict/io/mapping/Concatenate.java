package dev.statedict.io.mapping;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts pieces together, as {@code torch.cat}; a whole stands in the place of the first of its pieces. It is a view where
 * they lie side by side in one storage, as a split leaves them, and else a copy, since a tensor lies on one array.
 *
 * @param pieces what becomes what
 */
public record Concatenate(Pieces pieces) implements Rule {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    @Override
    public void apply(Items items, List<String> problems) {
        Map<String, @Nullable Item[]> wholes = new HashMap<>();
        Map<Item, String> wholeOf = new TreeMap<>(items.order());
        for (int i = 0; i < pieces.keys().size(); i++) {
            int piece = i;
            items.matching(pieces.keys().get(i)).forEach((item, found) -> {
                String whole = pieces.whole().key(found);
                if (wholeOf.putIfAbsent(item, whole) == null) {
                    wholes.computeIfAbsent(
                                    whole,
                                    key -> new @Nullable Item[pieces.keys().size()])[piece] = item;
                }
            });
        }
        if (wholes.isEmpty()) {
            problems.add("no key matches any of " + pieces.names());
        }
        Map<Item, List<Item>> together = new LinkedHashMap<>();
        wholeOf.forEach((item, whole) -> {
            @Nullable Item[] found = wholes.remove(whole);
            // the first of them, in whose place the whole stands
            if (found != null) {
                Item made = together(whole, found, problems);
                if (made != null) {
                    Arrays.stream(found).forEach(part -> together.put(Objects.requireNonNull(part), List.of()));
                    together.put(item, List.of(made));
                }
            }
        });
        items.replace(together, problems);
    }

    /** The whole; null where there is none. */
    private @Nullable Item together(String whole, @Nullable Item[] found, List<String> problems) {
        List<Item> parts = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            Item part = found[i];
            if (part == null) {
                lacking.add("\"" + pieces.keys().get(i) + "\"");
            } else {
                parts.add(part);
            }
        }
        String problem = lacking.isEmpty()
                ? misfit(parts)
                : "has no piece " + String.join(" and no piece ", lacking) + " beside \""
                        + parts.get(0).key() + "\"";
        if (problem != null) {
            problems.add("\"" + whole + "\" " + problem);
            return null;
        }
        int dim = pieces.dimension(parts.get(0));
        int[] shape = parts.get(0).shape();
        shape[dim] = parts.stream().mapToInt(part -> part.shape()[dim]).sum();
        return Item.combined(whole, shape, parts, pieces, () -> concatenated(parts, shape, dim));
    }

    /** Why the pieces make no whole; null when they do. */
    private @Nullable String misfit(List<Item> parts) {
        Item first = parts.get(0);
        int dim = pieces.dimension(first);
        String shapes = String.join(", ", parts.stream().map(Item::shapeText).toList());
        if (parts.stream().anyMatch(part -> part.type() != first.type())) {
            return "would be of pieces of the types "
                    + String.join(
                            ", ",
                            parts.stream().map(part -> part.type().toString()).toList())
                    + "; cast them to one first";
        }
        if (dim < 0 || parts.stream().anyMatch(part -> !agree(first.shape(), part.shape(), dim))) {
            return "would be of pieces of the shapes " + shapes + ", which do not agree but" + pieces.along();
        }
        int[] sizes = parts.stream().mapToInt(part -> part.shape()[dim]).toArray();
        if (Arrays.stream(sizes).asLongStream().sum() > Integer.MAX_VALUE) {
            return "would be of pieces of the shapes " + shapes + ", together too large for a tensor";
        }
        if (!Arrays.equals(pieces.of(Arrays.stream(sizes).sum()), sizes)) {
            return pieces.sizes().isEmpty()
                    ? "would be of pieces of the shapes " + shapes + ", which are not equal; give their sizes "
                            + Arrays.toString(sizes)
                    : "would be of pieces of the sizes " + Arrays.toString(sizes) + ", not " + pieces.sizes();
        }
        return null;
    }

    private static boolean agree(int[] one, int[] other, int dim) {
        return one.length == other.length
                && IntStream.range(0, one.length).allMatch(i -> i == dim || one[i] == other[i]);
    }

    private static Tensor concatenated(List<Item> parts, int[] shape, int dim) {
        // what is not read is read one after the other
        Tensor view = parts.get(0).isUnread() ? null : view(parts, shape, dim);
        if (view != null) {
            return view;
        }
        Tensor whole = Tensor.zeros(parts.get(0).type(), shape);
        int start = 0;
        for (Item part : parts) {
            int size = part.shape()[dim];
            whole.narrow(dim, start, size).copyFrom(part.tensor());
            start += size;
        }
        return whole;
    }

    /** The whole as a view, where the pieces lie in one storage as a split of it would leave them; null elsewhere. */
    private static @Nullable Tensor view(List<Item> parts, int[] shape, int dim) {
        List<Tensor> pieces = parts.stream()
                .map(Item::tensor)
                .filter(piece -> piece.numel() > 0)
                .toList();
        if (pieces.size() < 2) {
            return pieces.isEmpty() ? null : pieces.get(0);
        }
        Tensor first = pieces.get(0);
        int[] strides = first.strides();
        if (first.size(dim) == 1) {
            strides[dim] = pieces.get(1).storageOffset() - first.storageOffset();
        }
        long next = first.storageOffset();
        for (Tensor piece : pieces) {
            if (TENSORS.arrayCount(piece) > 1
                    || TENSORS.array(piece, 0) != TENSORS.array(first, 0)
                    || piece.storageOffset() != next
                    || !agree(strides, piece)) {
                return null;
            }
            next += (long) piece.size(dim) * strides[dim];
        }
        // of a stride of 0 each element is the same one, which pieces that are tied are not meant to become
        return strides[dim] > 0
                ? TENSORS.strided(TENSORS.array(first, 0), first.storageOffset(), shape, strides)
                : null;
    }

    /** Whether a piece has these strides, but where it has one element and takes none. */
    private static boolean agree(int[] strides, Tensor piece) {
        return IntStream.range(0, strides.length).allMatch(i -> piece.size(i) == 1 || piece.stride(i) == strides[i]);
    }

    @Override
    public Rule inverse() {
        return new Split(pieces);
    }

    @Override
    public String toString() {
        return "concatenate " + pieces.names() + " to \"" + pieces.whole() + "\"" + pieces.along();
    }
}
