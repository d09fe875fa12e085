package dev.statedict.io.safetensors;

import dev.statedict.StoredType;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileStorage;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.read.ForeignItem;
import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a header and checks it: the reference reader's rules, and three more, as two readers must not understand one file
 * in two ways. No name may be there twice; a tensor is an object of exactly three members; no size of 0 hides an
 * overflow.
 */
final class HeaderParser {
    static final String METADATA = "__metadata__";

    /**
     * What the header of one file says.
     *
     * @param metadata all of it, in its order
     * @param tensors by name, in the order in which they lie in the file; the caller's own
     * @param foreign tensors of types that no tensor of Java's can hold, by name
     */
    record Header(Map<String, String> metadata, Map<String, FileTensor> tensors, Map<String, ForeignItem> foreign) {}

    /** How many bits an element takes of the format's types that no tensor of Java's can hold. */
    private static final Map<String, Integer> FOREIGN_BITS = Map.of(
            "F4", 4,
            "F6_E2M3", 6,
            "F6_E3M2", 6,
            "F8_E8M0", 8,
            "C64", 64);

    private static final Map<String, StoredType> TYPES =
            Arrays.stream(StoredType.values()).collect(Collectors.toUnmodifiableMap(StoredType::name, type -> type));

    /** One tensor as the header has it. */
    private record Entry(String name, String dtype, long[] shape, long begin, long end) {
        String place() {
            return Names.quote(name);
        }

        /** What messages call it; it is made for them alone. */
        @Override
        public String toString() {
            return place();
        }
    }

    private final JsonReader reader;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, ForeignItem> foreign = new LinkedHashMap<>();
    // of the array that is being read
    private long[] longs = new long[4];

    private HeaderParser(JsonReader reader) {
        this.reader = reader;
    }

    static Header parse(byte[] json, FileBytes file) throws FormatException {
        HeaderParser parser = new HeaderParser(new JsonReader(json, Long.BYTES));
        try {
            parser.readHeader();
        } catch (JsonException malformed) {
            throw FormatException.of("header, offset %,d: %s", malformed.offset(), malformed.problem());
        }
        return new Header(parser.metadata, parser.locate(file, Long.BYTES + json.length), parser.foreign);
    }

    private void readHeader() throws JsonException {
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (name.equals(METADATA)) {
                reader.beginObject();
                while (reader.hasNext()) {
                    metadata.put(reader.nextName(), reader.nextString());
                }
                reader.endObject();
            } else {
                entries.add(readEntry(name));
            }
        }
        reader.endObject();
        reader.endDocument();
    }

    private Entry readEntry(String name) throws JsonException {
        long offset = reader.offset();
        String dtype = null;
        long[] shape = null;
        long[] dataOffsets = null;
        reader.beginObject();
        while (reader.hasNext()) {
            long memberOffset = reader.offset();
            String member = reader.nextName();
            switch (member) {
                case "dtype" -> dtype = reader.nextString();
                case "shape" -> shape = readLongs();
                case "data_offsets" -> dataOffsets = readLongs();
                default ->
                    throw new JsonException(
                            memberOffset, Names.quote(name) + " has an unknown member " + Names.quote(member));
            }
        }
        reader.endObject();
        long[] range = present(offset, name, "data_offsets", dataOffsets);
        if (range.length != 2) {
            throw new JsonException(
                    offset, Names.quote(name) + " has " + range.length + " data_offsets, expected begin and end");
        }
        return new Entry(
                name, present(offset, name, "dtype", dtype), present(offset, name, "shape", shape), range[0], range[1]);
    }

    private static <T> T present(long offset, String name, String member, @Nullable T value) throws JsonException {
        if (value == null) {
            throw new JsonException(offset, Names.quote(name) + " lacks the member \"" + member + "\"");
        }
        return value;
    }

    private long[] readLongs() throws JsonException {
        int count = 0;
        reader.beginArray();
        while (reader.hasNext()) {
            longs = count == longs.length ? Arrays.copyOf(longs, count * 2) : longs;
            longs[count++] = reader.nextLong();
        }
        reader.endArray();
        return Arrays.copyOf(longs, count);
    }

    /** Checks that each byte of the data belongs to exactly one tensor. */
    private Map<String, FileTensor> locate(FileBytes file, long dataStart) throws FormatException {
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        Map<String, FileTensor> tensors = new LinkedHashMap<>();
        long expected = 0;
        Entry before = null;
        for (Entry entry : entries) {
            if (entry.begin != expected) {
                throw FormatException.of(
                        "%s: begins at %,d of the data, expected %,d, %s; each byte has one owner",
                        entry.place(),
                        entry.begin,
                        expected,
                        before == null ? "at the beginning of the data" : "where " + before.place() + " ends");
            }
            StoredType type = storedType(entry);
            long numel = FileTensor.numel(entry, entry.shape);
            requireSize(entry, numel, type);
            if (type == null) {
                foreign.put(entry.name, foreignItem(entry.dtype));
            } else {
                tensors.put(entry.name, locate(entry, numel, type, file, dataStart));
            }
            expected = entry.end;
            before = entry;
        }
        file.requireData(dataStart, expected);
        return tensors;
    }

    private static void requireSize(Entry entry, long numel, @Nullable StoredType type) throws FormatException {
        long bits = numel
                * (type == null
                        ? FOREIGN_BITS.getOrDefault(entry.dtype, 0)
                        : StoredElements.of(type).size() * 8);
        if (bits % 8 != 0) {
            throw FormatException.of(
                    "%s: shape %s of %s takes %,d bits, which are no whole bytes",
                    entry.place(), Arrays.toString(entry.shape), entry.dtype, bits);
        }
        if (entry.end - entry.begin != bits / 8) {
            throw FormatException.of(
                    "%s: shape %s of %s takes %,d bytes, data_offsets [%d, %d] are %,d apart",
                    entry.place(),
                    Arrays.toString(entry.shape),
                    entry.dtype,
                    bits / 8,
                    entry.begin,
                    entry.end,
                    entry.end - entry.begin);
        }
    }

    private static FileTensor locate(Entry entry, long numel, StoredType type, FileBytes file, long dataStart) {
        FileStorage storage = new FileStorage(file, dataStart + entry.begin, numel, type, ByteOrder.LITTLE_ENDIAN);
        return FileTensor.contiguous(storage, FileTensor.ints(entry.shape));
    }

    private static ForeignItem foreignItem(String dtype) {
        return new ForeignItem(
                "a tensor of " + dtype,
                dtype.equals("C64")
                        ? "save torch.view_as_real(tensor) instead"
                        : "save its values in a wider type instead");
    }

    /** The type, or null for one that is of the format and no tensor of Java's. */
    private static @Nullable StoredType storedType(Entry entry) throws FormatException {
        StoredType known = TYPES.get(entry.dtype);
        if (known != null) {
            return known;
        }
        if (FOREIGN_BITS.containsKey(entry.dtype)) {
            return null;
        }
        throw FormatException.of(
                "%s: dtype %s is not supported; supported are %s",
                entry.place(), Names.quote(entry.dtype), Arrays.toString(StoredType.values()));
    }
}
