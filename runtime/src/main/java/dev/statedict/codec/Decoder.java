package dev.statedict.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a dict from bytes as they come. What is allocated grows with what has arrived: an array of which a header says that
 * it is longer has at most twice the bytes of all that came so far, or 8 MB.
 */
public final class Decoder {
    private static final int CHUNK_BYTES = 1 << 16;

    /** What may be allocated before any of it has arrived, so that most arrays need not grow. */
    private static final int TRUSTED_BYTES = 1 << 23;

    private final InputStream in;
    private final long trustedBytes;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long arrived;

    private Decoder(InputStream in, long trustedBytes) {
        this.in = in;
        this.trustedBytes = trustedBytes;
    }

    /**
     * Reads a dict.
     *
     * @param in where its bytes begin; read to their end and not further, and not closed
     * @return a dict on fresh arrays
     * @throws CodecException when they break a rule, or end too early
     * @throws IOException when they cannot be read
     */
    public static CodedDict read(InputStream in) throws IOException {
        return new Decoder(in, TRUSTED_BYTES).read();
    }

    /**
     * Reads the arrays behind a header.
     *
     * @param header what was read before them
     * @param in where their bytes begin; read to their end and not further, and not closed
     * @param allThere whether there are as many bytes as the header says, so that arrays are made as long as they will be
     * @return a dict on fresh arrays
     * @throws CodecException when they break a rule, or end too early
     * @throws IOException when they cannot be read
     */
    public static CodedDict read(Header header, InputStream in, boolean allThere) throws IOException {
        return new Decoder(in, allThere ? Long.MAX_VALUE : TRUSTED_BYTES).read(header);
    }

    static byte[] text(InputStream in) throws IOException {
        Decoder decoder = new Decoder(in, TRUSTED_BYTES);
        decoder.arrive(Integer.BYTES);
        int length = decoder.chunk.getInt(0);
        if (length < 0 || length > Header.MAX_JSON_BYTES) {
            throw CodecException.of(
                    "a text of %s bytes, of which there are at most %,d",
                    Integer.toUnsignedString(length), Header.MAX_JSON_BYTES);
        }
        return decoder.bytes(length);
    }

    private CodedDict read() throws IOException {
        arrive(Header.START_BYTES);
        return read(Header.parse(bytes(Header.jsonLength(chunk))));
    }

    private CodedDict read(Header header) throws IOException {
        List<Object> arrays = new ArrayList<>();
        long end = 0;
        for (Header.Block block : header.blocks()) {
            skip((int) (block.begin() - end));
            for (int i = 0; i < block.count(); i++) {
                arrays.add(array(block.type(), block.length(), arrays.size()));
            }
            end = block.end();
        }
        List<CodedEntry> entries = new ArrayList<>(header.entries().size());
        Map<List<Header.Run>, Object[]> rows = new HashMap<>();
        for (Header.Entry entry : header.entries()) {
            // those of tied entries once
            Object[] own = rows.computeIfAbsent(entry.arrays(), runs -> arrays(runs, arrays));
            entries.add(new CodedEntry(entry.key(), tensor(entry, own), entry.role(), entry.storedType()));
        }
        return new CodedDict(entries, header.notes());
    }

    private static Object[] arrays(List<Header.Run> runs, List<Object> arrays) {
        List<Object> own = new ArrayList<>();
        for (Header.Run run : runs) {
            own.addAll(arrays.subList(run.first(), run.first() + run.count()));
        }
        return own.toArray();
    }

    private static CodedTensor tensor(Header.Entry entry, Object[] arrays) {
        int rowLength = arrays.length == 0 ? 0 : entry.type().length(arrays[0]);
        return new CodedTensor(
                entry.type(), arrays, entry.onRows(), rowLength, entry.offset(), entry.shape(), entry.strides());
    }

    /** Reads bytes to the beginning of the chunk. */
    private void arrive(int count) throws IOException {
        int read = in.readNBytes(chunk.array(), 0, count);
        arrived += read;
        if (read < count) {
            throw CodecException.of(
                    "ends after %,d bytes, where at least %,d more are expected", arrived, count - read);
        }
    }

    /** How many elements, of those that are asked for, an array may have now. */
    private int trusted(int length, int size) {
        return (int) Math.min(length, Math.max(arrived * 2, trustedBytes) / size);
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[trusted(length, 1)];
        for (int done = 0; done < length; ) {
            if (done == bytes.length) {
                bytes = Arrays.copyOf(bytes, trusted(length, 1));
            }
            int count = Math.min(bytes.length - done, CHUNK_BYTES);
            arrive(count);
            System.arraycopy(chunk.array(), 0, bytes, done, count);
            done += count;
        }
        return bytes;
    }

    private void skip(int padding) throws IOException {
        arrive(padding);
        for (int i = 0; i < padding; i++) {
            if (chunk.get(i) != 0) {
                throw CodecException.of("byte %,d between two arrays is not 0", arrived - padding + i);
            }
        }
    }

    private Object array(ArrayType type, int length, int number) throws IOException {
        int capacity = trusted(length, type.size());
        Object array = type.newArray(capacity);
        for (int done = 0; done < length; ) {
            if (done == capacity) {
                capacity = trusted(length, type.size());
                array = type.longer(array, capacity);
            }
            int count = Math.min(capacity - done, CHUNK_BYTES / type.size());
            arrive(count * type.size());
            int unfit = type.decode(chunk, array, done, count);
            if (unfit >= 0) {
                throw CodecException.of("element %,d of array %,d is neither 0 nor 1", done + unfit, number);
            }
            done += count;
        }
        return array;
    }
}
