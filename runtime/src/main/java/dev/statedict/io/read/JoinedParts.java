package dev.statedict.io.read;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tensors of which each lies in parts, in several files, and is read as if it lay in one: the bytes of one after the other,
 * row-major, put together when they are asked for. What of a part lies between two elements of the whole lies side by side
 * in the part's own file, so each request is one read of each part that it meets, however narrow the parts are.
 */
public final class JoinedParts {
    /**
     * A part.
     *
     * @param offsets the indices in the whole of its first element
     * @param tensor its elements, in order and alone on their storage
     */
    public record Part(long[] offsets, FileTensor tensor) {
        private long size(int dim) {
            return tensor.shape()[dim];
        }

        private long end(int dim) {
            return offsets[dim] + size(dim);
        }
    }

    private final String name;
    private final Map<String, FileTensor> single = new LinkedHashMap<>();
    private final Map<String, Whole> wholes = new LinkedHashMap<>();
    /** By the position of their first byte; empty ones have none. */
    private final TreeMap<Long, Whole> byPosition = new TreeMap<>();

    private long length;

    /**
     * No tensor yet.
     *
     * @param name what they are all called together, for messages
     */
    public JoinedParts(String name) {
        this.name = name;
    }

    /**
     * Adds a tensor.
     *
     * @param key its key
     * @param parts all its parts, one at least
     * @throws FormatException when they differ in type or dimensions, overlap, or leave a hole
     */
    public void add(String key, List<Part> parts) throws FormatException {
        Whole whole = Whole.of(Names.quote(key), parts, length);
        Part first = parts.get(0);
        if (parts.size() == 1) {
            single.put(key, first.tensor);
            return;
        }
        wholes.put(key, whole);
        if (whole.byteCount() > 0) {
            byPosition.put(length, whole);
            length += whole.byteCount();
        }
    }

    /**
     * The tensors.
     *
     * @param order their keys
     * @return each by its key; one that lies in one part where it lies, the others in what is no file
     */
    public Map<String, FileTensor> tensors(Iterable<String> order) {
        FileBytes joined = FileBytes.of(name, length, this::read, () -> {});
        Map<String, FileTensor> tensors = new LinkedHashMap<>();
        for (String key : order) {
            Whole whole = wholes.get(key);
            FileTensor tensor = whole == null ? single.get(key) : whole.in(joined);
            if (tensor != null) {
                tensors.put(key, tensor);
            }
        }
        return tensors;
    }

    private int read(ByteBuffer target, long position) throws IOException {
        Map.Entry<Long, Whole> found = byPosition.floorEntry(position);
        if (found == null || position >= found.getKey() + found.getValue().byteCount()) {
            return -1;
        }
        return found.getValue().read(target, position - found.getKey());
    }

    /** A tensor as a box of indices, which its parts fill. */
    private record Whole(long[] shape, List<Part> parts, long position) {
        static Whole of(String place, List<Part> parts, long position) throws FormatException {
            Part first = parts.get(0);
            long[] shape = new long[first.offsets.length];
            for (Part part : parts) {
                if (part.offsets.length != part.tensor.shape().length || part.offsets.length != shape.length) {
                    throw FormatException.of(
                            "%s: parts of %d and of %d dimensions, and saved_offsets of %d",
                            place, first.tensor.shape().length, part.tensor.shape().length, part.offsets.length);
                }
                if (part.tensor.storage().type() != first.tensor.storage().type()) {
                    throw FormatException.of(
                            "%s: parts of the types %s and %s",
                            place,
                            first.tensor.storage().type(),
                            part.tensor.storage().type());
                }
                for (int dim = 0; dim < shape.length; dim++) {
                    if (part.offsets[dim] > FileTensor.MAX_ELEMENTS) {
                        throw FormatException.of(
                                "%s: a part begins at %s, beyond the %,d elements that an array of Java holds",
                                place, Arrays.toString(part.offsets), FileTensor.MAX_ELEMENTS);
                    }
                    shape[dim] = Math.max(shape[dim], part.end(dim));
                }
            }
            long numel = FileTensor.numel(place, shape);
            refuseOverlaps(place, parts);
            long covered = parts.stream().mapToLong(part -> part.tensor.numel()).sum();
            if (covered != numel) {
                throw FormatException.of(
                        "%s: its parts have %,d of the %,d elements of shape %s; a shard is missing",
                        place, covered, numel, Arrays.toString(shape));
            }
            return new Whole(shape, parts, position);
        }

        /** Along the dimension in which most of them begin at different places, so that few are compared. */
        private static void refuseOverlaps(String place, List<Part> parts) throws FormatException {
            List<Part> filled =
                    parts.stream().filter(part -> part.tensor.numel() > 0).toList();
            int sweep = -1;
            long most = 0;
            for (int dim = 0; dim < parts.get(0).offsets.length; dim++) {
                int along = dim;
                long begins = filled.stream()
                        .mapToLong(part -> part.offsets[along])
                        .distinct()
                        .count();
                if (begins > most) {
                    sweep = dim;
                    most = begins;
                }
            }
            int along = sweep;
            List<Part> inOrder = new ArrayList<>(filled);
            inOrder.sort(Comparator.comparingLong(part -> along < 0 ? 0 : part.offsets[along]));
            List<Part> open = new ArrayList<>();
            for (Part part : inOrder) {
                open.removeIf(other -> along >= 0 && other.end(along) <= part.offsets[along]);
                for (Part other : open) {
                    if (overlap(part, other)) {
                        throw FormatException.of(
                                "%s: two parts have the element %s", place, Arrays.toString(part.offsets));
                    }
                }
                open.add(part);
            }
        }

        private static boolean overlap(Part one, Part other) {
            for (int dim = 0; dim < one.offsets.length; dim++) {
                if (one.end(dim) <= other.offsets[dim] || other.end(dim) <= one.offsets[dim]) {
                    return false;
                }
            }
            return true;
        }

        FileTensor in(FileBytes joined) {
            FileStorage storage =
                    new FileStorage(joined, position, numel(), storage().type(), ByteOrder.LITTLE_ENDIAN);
            return FileTensor.contiguous(storage, FileTensor.ints(shape));
        }

        private FileStorage storage() {
            return parts.get(0).tensor.storage();
        }

        private long numel() {
            return Arrays.stream(shape).reduce(1, (one, other) -> one * other);
        }

        long byteCount() {
            return numel() * storage().elements().size();
        }

        /** Reads whole elements, as all who read storages do. */
        int read(ByteBuffer target, long from) throws IOException {
            int size = storage().elements().size();
            long first = from / size;
            int count = (int) Math.min(target.remaining() / size, numel() - first);
            for (Part part : parts) {
                long begin = before(part, first);
                long end = before(part, first + count);
                if (begin < end) {
                    ByteBuffer bytes = ByteBuffer.allocate((int) (end - begin) * size);
                    FileStorage storage = part.tensor.storage();
                    storage.file().read(storage.position() + begin * size, bytes);
                    scatter(part, begin, bytes, first, target);
                }
            }
            target.position(target.position() + count * size);
            return count * size;
        }

        /** How many elements of a part stand before one of the whole, both row-major. */
        private long before(Part part, long element) {
            long before = 0;
            long inPart = part.tensor.numel();
            long inWhole = numel();
            long rest = element;
            for (int dim = 0; dim < shape.length && inPart > 0; dim++) {
                inPart /= part.size(dim);
                inWhole /= shape[dim];
                long index = rest / inWhole - part.offsets[dim];
                rest %= inWhole;
                before += Math.min(Math.max(index, 0), part.size(dim)) * inPart;
                if (index < 0 || index >= part.size(dim)) {
                    return before;
                }
            }
            return before;
        }

        /** Puts elements of a part, from one on, to their places among those of the whole, from one on. */
        private void scatter(Part part, long begin, ByteBuffer bytes, long first, ByteBuffer target) {
            int size = storage().elements().size();
            int inner = shape.length - 1;
            long run = part.size(inner);
            while (inner > 0 && part.size(inner) == shape[inner]) {
                inner--;
                run *= part.size(inner);
            }
            int count = bytes.capacity() / size;
            for (int done = 0; done < count; ) {
                long element = begin + done;
                int length = (int) Math.min(run - element % run, count - done);
                int at = (int) (inWhole(part, element) - first) * size;
                target.put(target.position() + at, bytes, done * size, length * size);
                done += length;
            }
        }

        private long inWhole(Part part, long element) {
            long inWhole = 0;
            long stride = 1;
            long rest = element;
            for (int dim = shape.length - 1; dim >= 0; dim--) {
                inWhole += (rest % part.size(dim) + part.offsets[dim]) * stride;
                rest /= part.size(dim);
                stride *= shape[dim];
            }
            return inWhole;
        }
    }
}
