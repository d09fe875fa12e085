package dev.statedict.cli;

import dev.statedict.StoredType;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.TensorLocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tensors of a file, in its order, and which of them share bytes. */
final class Listing {
    /**
     * A tensor.
     *
     * @param key its key
     * @param shape its shape
     * @param type what it is stored as
     * @param location where
     * @param tiedTo the first key of the same tensor, where this is a further one
     * @param within the key of another tensor whose bytes it shares without being it
     */
    record Item(
            String key,
            List<Integer> shape,
            StoredType type,
            TensorLocation location,
            @Nullable String tiedTo,
            @Nullable String within) {
        long numel() {
            return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        }

        /** Whether it shares bytes with another tensor. */
        boolean isShared() {
            return tiedTo != null || within != null;
        }
    }

    /** What makes two tensors one. */
    private record Identity(TensorLocation location, List<Integer> shape, StoredType type) {}

    private final List<Item> items;

    private Listing(List<Item> items) {
        this.items = items;
    }

    static Listing of(Checkpoint checkpoint, List<String> keys) {
        List<Item> items = new ArrayList<>(keys.size());
        Map<Identity, String> first = new HashMap<>();
        for (String key : keys) {
            List<Integer> shape = Arrays.stream(checkpoint.shape(key)).boxed().toList();
            StoredType type = checkpoint.storedType(key);
            TensorLocation location = checkpoint.location(key);
            String tiedTo =
                    location.byteCount() == 0 ? null : first.putIfAbsent(new Identity(location, shape, type), key);
            items.add(new Item(key, shape, type, location, tiedTo, null));
        }
        return new Listing(withOverlaps(items));
    }

    /** In the order of their bytes a tensor overlaps one before it, or none. */
    private static List<Item> withOverlaps(List<Item> items) {
        List<Integer> order = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (item.tiedTo == null && item.location.byteCount() > 0) {
                order.add(i);
            }
        }
        Comparator<Integer> byFile =
                Comparator.comparing(i -> items.get(i).location.file());
        order.sort(byFile.thenComparingLong(i -> items.get(i).location.offset())
                .thenComparingLong(i -> -items.get(i).location.byteCount()));
        List<Item> result = new ArrayList<>(items);
        Item widest = null;
        for (int i : order) {
            Item item = items.get(i);
            if (widest == null
                    || !widest.location.file().equals(item.location.file())
                    || end(widest) <= item.location.offset()) {
                widest = item;
            } else {
                result.set(i, new Item(item.key, item.shape, item.type, item.location, null, widest.key));
                widest = end(item) > end(widest) ? item : widest;
            }
        }
        return result;
    }

    private static long end(Item item) {
        return item.location.offset() + item.location.byteCount();
    }

    List<Item> items() {
        return items;
    }

    /** The elements of all tensors, a tie counted once. */
    long elements() {
        return items.stream()
                .filter(item -> item.tiedTo == null)
                .mapToLong(Item::numel)
                .sum();
    }

    /** The bytes of the file that they take; those that several share count once. */
    long bytes() {
        long bytes = 0;
        long covered = 0;
        @Nullable Object file = null;
        List<Item> order = new ArrayList<>(items);
        order.sort(Comparator.comparing((Item item) -> item.location.file())
                .thenComparingLong(item -> item.location.offset()));
        for (Item item : order) {
            covered = item.location.file().equals(file) ? covered : 0;
            file = item.location.file();
            bytes += Math.max(0, end(item) - Math.max(covered, item.location.offset()));
            covered = Math.max(covered, end(item));
        }
        return bytes;
    }

    long ties() {
        return items.stream().filter(item -> item.tiedTo != null).count();
    }
}
