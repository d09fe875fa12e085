package dev.statedict.io.safetensors;

import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.write.StoredEntry;
import dev.statedict.io.write.Values;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Ties in a format that gives each byte one owner: a tie is stored once, under its alphabetically first name, and
 * metadata says of each other name which one that is, as {@code safetensors.torch.save_model} does.
 *
 * @param kept the entries to be stored, in the order given
 * @param dropped the kept name by dropped name
 */
record Ties(List<StoredEntry> kept, Map<String, String> dropped) {
    /** The one metadata key of other libraries whose value might happen to be the name of a tensor. */
    static final String FORMAT = "format";

    /** A tie's identity: the very storage, and the same elements of it in the same shape. */
    private record Layout(Object storage, long offset, List<Integer> shape, List<Integer> strides) {
        static Layout of(Values values) {
            return new Layout(values.storage(), values.offset(), boxed(values.shape()), boxed(values.strides()));
        }

        private static List<Integer> boxed(int[] values) {
            List<Integer> boxed = new ArrayList<>(values.length);
            for (int value : values) {
                boxed.add(value);
            }
            return boxed;
        }
    }

    /**
     * Finds the ties among entries.
     *
     * @param possibleTies the keys that may be none, under which a tie is stored only where it has no other
     * @throws IllegalArgumentException when two entries overlap and are not tied
     */
    static Ties among(List<StoredEntry> entries, Set<String> possibleTies) {
        Comparator<StoredEntry> order = Comparator.comparing((StoredEntry entry) -> possibleTies.contains(entry.key()))
                .thenComparing(StoredEntry::key, Names.UTF8_ORDER);
        Map<Layout, StoredEntry> firsts = new LinkedHashMap<>();
        for (StoredEntry entry : entries) {
            firsts.merge(Layout.of(entry.values()), entry, (one, other) -> order.compare(one, other) < 0 ? one : other);
        }
        Map<String, String> dropped = new TreeMap<>(Names.UTF8_ORDER);
        List<StoredEntry> kept = new ArrayList<>(firsts.size());
        for (StoredEntry entry : entries) {
            StoredEntry first = firsts.getOrDefault(Layout.of(entry.values()), entry);
            if (first == entry) {
                kept.add(entry);
            } else {
                dropped.put(entry.key(), first.key());
            }
        }
        refuseOverlaps(kept);
        return new Ties(kept, dropped);
    }

    /**
     * Checks that metadata says nothing that a reader would take for a tie, or that a tie would replace.
     *
     * @throws IllegalArgumentException naming the entry of the metadata
     */
    void refuseLookalikes(Map<String, String> metadata) {
        Set<String> keys = kept.stream().map(StoredEntry::key).collect(Collectors.toSet());
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            String name = entry.getKey();
            boolean isTie = entry.getValue().equals(dropped.get(name));
            if (keys.contains(entry.getValue()) && !keys.contains(name) && !isTie && !name.equals(FORMAT)) {
                throw new IllegalArgumentException("metadata " + Names.quote(name) + " has the key of a tensor, "
                        + Names.quote(entry.getValue()) + ", as its value, which in safetensors means that "
                        + Names.quote(name) + " is tied to it; write another value");
            }
        }
        for (Map.Entry<String, String> tie : dropped.entrySet()) {
            String name = tie.getKey();
            boolean isOther = metadata.containsKey(name) && !tie.getValue().equals(metadata.get(name));
            if (isOther || name.equals(FORMAT) || name.equals(ReservedMetadata.KEY)) {
                throw new IllegalArgumentException("the tied key " + Names.quote(name)
                        + " is a metadata key too, and safetensors stores ties in the metadata; rename one");
            }
        }
    }

    /**
     * Gives each dropped name its tensor back. A text that is the name of a tensor may be so by chance, so it stays in the
     * metadata.
     *
     * @return the names
     */
    static Set<String> restore(Map<String, FileTensor> tensors, Map<String, String> metadata) {
        Map<String, FileTensor> restored = new LinkedHashMap<>();
        metadata.forEach((name, text) -> {
            FileTensor kept = tensors.get(text);
            if (kept != null && !tensors.containsKey(name) && !name.equals(FORMAT)) {
                restored.put(name, kept);
            }
        });
        tensors.putAll(restored);
        return restored.keySet();
    }

    private static void refuseOverlaps(List<StoredEntry> entries) {
        Map<Object, List<StoredEntry>> byStorage = new IdentityHashMap<>();
        for (StoredEntry entry : entries) {
            byStorage
                    .computeIfAbsent(entry.values().storage(), storage -> new ArrayList<>())
                    .add(entry);
        }
        for (List<StoredEntry> sharing : byStorage.values()) {
            if (sharing.size() > 1) {
                refuseOverlapsWithin(sharing);
            }
        }
    }

    private static void refuseOverlapsWithin(List<StoredEntry> sharing) {
        long base = sharing.stream()
                .mapToLong(entry -> entry.values().offset())
                .min()
                .orElse(0);
        BitSet taken = new BitSet();
        for (StoredEntry entry : sharing) {
            BitSet own = elementsOf(entry.values(), base);
            if (own.intersects(taken)) {
                StoredEntry other = sharing.stream()
                        .filter(candidate ->
                                elementsOf(candidate.values(), base).intersects(own))
                        .findFirst()
                        .orElse(entry);
                throw new IllegalArgumentException(Names.quote(other.key()) + " and " + Names.quote(entry.key())
                        + " overlap in one storage without being the same tensor, which safetensors cannot express;"
                        + " save as .pt, which can, or store tensor.copy() under one of the keys");
            }
            taken.or(own);
        }
    }

    /** Where on the storage, from a place on, the elements lie. */
    private static BitSet elementsOf(Values values, long base) {
        BitSet elements = new BitSet();
        if (values.numel() > 0) {
            collect(values.shape(), values.strides(), 0, Math.toIntExact(values.offset() - base), elements);
        }
        return elements;
    }

    private static void collect(int[] shape, int[] strides, int dim, int at, BitSet elements) {
        int run = run(shape, strides, dim);
        if (run > 0) {
            elements.set(at, at + run);
            return;
        }
        // of repeated elements once is enough
        int size = strides[dim] == 0 ? 1 : shape[dim];
        for (int i = 0; i < size; i++) {
            collect(shape, strides, dim + 1, at + i * strides[dim], elements);
        }
    }

    /** How many elements lie side by side from a dimension on; 0 where they do not. */
    private static int run(int[] shape, int[] strides, int from) {
        int run = 1;
        for (int dim = shape.length - 1; dim >= from; dim--) {
            if (shape[dim] > 1 && strides[dim] != run) {
                return 0;
            }
            run *= shape[dim];
        }
        return run;
    }
}
