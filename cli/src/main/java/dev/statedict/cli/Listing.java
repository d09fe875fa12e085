package dev.statedict.cli;

import dev.statedict.StoredType;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.TensorLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            long numel = 1;
            for (int size : shape) {
                numel *= size;
            }
            return numel;
        }

        private Item sharing(@Nullable String tie, @Nullable String other) {
            return new Item(key, shape, type, location, tie, other);
        }

        /** Whether it shares bytes with another tensor. */
        boolean isShared() {
            return tiedTo != null || within != null;
        }
    }

    /** What makes two tensors one. */
    private record Identity(TensorLocation location, List<Integer> shape, StoredType type) {
        static Identity of(Item item) {
            return new Identity(item.location, item.shape, item.type);
        }
    }

    private final List<Item> items;
    private final long bytes;

    private Listing(List<Item> items, long bytes) {
        this.items = items;
        this.bytes = bytes;
    }

    static Listing of(Checkpoint checkpoint, List<String> keys) {
        List<Item> items = new ArrayList<>(keys.size());
        for (String key : keys) {
            items.add(new Item(
                    key,
                    Sizes.list(checkpoint.shape(key)),
                    checkpoint.storedType(key),
                    checkpoint.location(key),
                    null,
                    null));
        }
        return withSharing(items);
    }

    /**
     * Finds ties and overlaps. In the order of their bytes, which is mostly that of the file already, a tensor shares some
     * with one before it, or with none.
     */
    private static Listing withSharing(List<Item> items) {
        List<Integer> order = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).location.byteCount() > 0) {
                order.add(i);
            }
        }
        order.sort((one, other) -> compare(items.get(one).location, items.get(other).location));
        List<Item> result = new ArrayList<>(items);
        Map<Identity, String> first = new HashMap<>();
        long bytes = 0;
        Item widest = null;
        for (int i : order) {
            Item item = items.get(i);
            if (widest == null || !overlap(widest, item)) {
                bytes += item.location.byteCount();
                first.clear();
                widest = item;
                continue;
            }
            if (first.isEmpty()) {
                first.put(Identity.of(widest), widest.key);
            }
            String tiedTo = first.putIfAbsent(Identity.of(item), item.key);
            result.set(i, item.sharing(tiedTo, tiedTo == null ? widest.key : null));
            if (end(item) > end(widest)) {
                bytes += end(item) - end(widest);
                widest = item;
            }
        }
        return new Listing(result, bytes);
    }

    /** By file and offset; of two at one place the one that covers more comes first. */
    private static int compare(TensorLocation one, TensorLocation other) {
        Path file = one.file();
        Path otherFile = other.file();
        if (file != otherFile) {
            int files = file == null || otherFile == null
                    ? Boolean.compare(file != null, otherFile != null)
                    : file.compareTo(otherFile);
            if (files != 0) {
                return files;
            }
        }
        int offsets = Long.compare(one.offset(), other.offset());
        return offsets != 0 ? offsets : Long.compare(other.byteCount(), one.byteCount());
    }

    /** Given that the first begins no later than the second. */
    private static boolean overlap(Item one, Item other) {
        return end(one) > other.location.offset() && Objects.equals(one.location.file(), other.location.file());
    }

    private static long end(Item item) {
        return item.location.offset() + item.location.byteCount();
    }

    List<Item> items() {
        return items;
    }

    /** The elements of all tensors, a tie counted once. */
    long elements() {
        long elements = 0;
        for (Item item : items) {
            elements += item.tiedTo == null ? item.numel() : 0;
        }
        return elements;
    }

    /** The bytes of the file that they take; those that several share count once. */
    long bytes() {
        return bytes;
    }

    long ties() {
        return items.stream().filter(item -> item.tiedTo != null).count();
    }
}
