package dev.statedict.io.zip;

import dev.statedict.io.file.Names;
import dev.statedict.io.transfer.Crc32Sum;
import dev.statedict.io.transfer.Progress;
import dev.statedict.io.write.FileImage;
import dev.statedict.io.write.FilePart;
import dev.statedict.io.write.StoredEntry;
import dev.statedict.io.write.TensorWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a ZIP archive of records stored as they are, each at a multiple of 64 bytes, as PyTorch aligns them for memory
 * mapping. The same records give the same bytes: dates are 1980-01-01.
 */
public final class ZipWriter implements FileImage {
    private static final int ALIGNMENT = 64;
    /** PyTorch's own mark of padding. */
    private static final int EXTRA_PADDING = 'F' | 'B' << 8;

    private static final int UTF8 = 0x800;
    private static final int DATE = 1 << 5 | 1;
    private static final int VERSION = 20;
    private static final int VERSION_64 = 45;
    private static final long UINT = 0xffffffffL;
    private static final int USHORT = 0xffff;
    private static final int CRC_OFFSET = 14;
    private static final int EXTRA_64_BYTES = 20;
    private static final int LARGE_END_BYTES = ZipFormat.END_64_BYTES + ZipFormat.LOCATOR_64_BYTES;

    private record Record(byte[] name, long header, ByteBuffer local, List<FilePart> content) {
        long length() {
            return content.stream().mapToLong(FilePart::length).sum();
        }

        long crc32() {
            long sum = 0;
            for (FilePart part : content) {
                sum = Crc32Sum.concatenate(sum, part.crc32(), part.length());
            }
            return sum;
        }
    }

    private final TensorWriter writer = new TensorWriter(true);
    private final List<Record> records = new ArrayList<>();
    private byte[] comment = {};

    /** No records yet. */
    public ZipWriter() {}

    /**
     * Adds a record of bytes.
     *
     * @param name its name
     * @param content not to be changed until it is written
     */
    public void record(String name, byte[] content) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        long header = writer.length();
        ByteBuffer local = addLocalHeader(utf8, content.length);
        records.add(new Record(utf8, header, local, List.of(writer.add(content))));
    }

    /**
     * Adds a record of elements.
     *
     * @param name its name
     * @param content its elements
     */
    public void record(String name, StoredEntry content) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        long header = writer.length();
        ByteBuffer local = addLocalHeader(utf8, content.byteCount());
        records.add(new Record(utf8, header, local, List.of(writer.add(content))));
    }

    /**
     * Adds a record of elements behind a few bytes.
     *
     * @param name its name
     * @param before not to be changed until it is written; as many as are a multiple of an element's
     * @param content its elements
     * @throws IllegalArgumentException when the name takes more bytes than ZIP has for it
     */
    public void record(String name, byte[] before, StoredEntry content) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > USHORT) {
            throw new IllegalArgumentException(String.format(
                    "%s takes %,d bytes, and a name in a ZIP archive at most %,d; rename the entry",
                    Names.quote(name), utf8.length, USHORT));
        }
        long header = writer.length();
        ByteBuffer local = addLocalHeader(utf8, before.length + content.byteCount());
        records.add(new Record(utf8, header, local, List.of(writer.add(before), writer.add(content))));
    }

    /**
     * Sets the comment of the archive.
     *
     * @param text its bytes, not copied
     * @throws IllegalArgumentException when they are more than ZIP has room for
     */
    public void comment(byte[] text) {
        if (text.length > USHORT) {
            throw new IllegalArgumentException(String.format(
                    "what is beside the arrays takes %,d bytes, and the comment of a ZIP archive at most %,d;"
                            + " save as .safetensors or .statedict",
                    text.length, USHORT));
        }
        comment = text;
    }

    private ByteBuffer addLocalHeader(byte[] name, long length) {
        long header = writer.length();
        boolean large = length >= UINT;
        int fixed = ZipFormat.LOCAL_HEADER_BYTES + name.length + (large ? EXTRA_64_BYTES : 0);
        int padding = (int) (-(header + fixed + 4) & (ALIGNMENT - 1)) + 4;
        ByteBuffer local = littleEndian(fixed + padding);
        local.putInt(ZipFormat.LOCAL_HEADER);
        putCommon(local, large, 0, length);
        local.putShort((short) name.length).putShort((short) (fixed + padding - 30 - name.length));
        local.put(name);
        if (large) {
            local.putShort((short) ZipFormat.EXTRA_64)
                    .putShort((short) 16)
                    .putLong(length)
                    .putLong(length);
        }
        local.putShort((short) EXTRA_PADDING).putShort((short) (padding - 4));
        writer.add(local.array());
        return local;
    }

    @Override
    public long elementBytes() {
        return writer.elementBytes();
    }

    /** Writes the records, and then the sums that go before them and the directory. */
    @Override
    public void writeTo(FileChannel channel, Progress progress) throws IOException {
        writer.writeTo(channel, progress);
        for (Record record : records) {
            ByteBuffer sum = littleEndian(Integer.BYTES).putInt(0, (int) record.crc32());
            write(channel, record.header + CRC_OFFSET, sum);
        }
        write(channel, writer.length(), directory(writer.length()));
    }

    /** Goes over the records twice: what cannot be gone back to has its sum before it. */
    @Override
    public void writeTo(OutputStream stream, Progress progress) throws IOException {
        writer.sum();
        records.forEach(record -> record.local.putInt(CRC_OFFSET, (int) record.crc32()));
        writer.writeTo(stream, progress);
        ByteBuffer directory = directory(writer.length());
        stream.write(directory.array(), 0, directory.limit());
    }

    private static void write(FileChannel channel, long position, ByteBuffer bytes) throws IOException {
        for (long at = position; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
    }

    private ByteBuffer directory(long start) {
        List<ByteBuffer> headers = records.stream().map(ZipWriter::central).toList();
        long length = headers.stream().mapToLong(ByteBuffer::capacity).sum();
        ByteBuffer directory =
                littleEndian(Math.toIntExact(length + LARGE_END_BYTES + ZipFormat.END_BYTES + comment.length));
        headers.forEach(header -> directory.put(header.clear()));
        if (start >= UINT || records.size() >= USHORT) {
            directory.put(large(start, length).clear());
        }
        short count = (short) Math.min(records.size(), USHORT);
        directory.putInt(ZipFormat.END).putInt(0);
        directory.putShort(count).putShort(count);
        directory.putInt((int) length).putInt((int) Math.min(start, UINT));
        directory.putShort((short) comment.length).put(comment);
        return directory.flip();
    }

    private static ByteBuffer central(Record record) {
        boolean large = record.length() >= UINT || record.header >= UINT;
        ByteBuffer central = littleEndian(ZipFormat.CENTRAL_HEADER_BYTES + record.name.length + (large ? 28 : 0));
        central.putInt(ZipFormat.CENTRAL_HEADER);
        central.putShort((short) (large ? VERSION_64 : VERSION));
        putCommon(central, large, record.crc32(), record.length());
        central.putShort((short) record.name.length).putShort((short) (large ? 28 : 0));
        // no comment, one disk, no attributes
        central.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
        central.putInt((int) (large ? UINT : record.header));
        central.put(record.name);
        if (large) {
            central.putShort((short) ZipFormat.EXTRA_64).putShort((short) 24);
            central.putLong(record.length()).putLong(record.length()).putLong(record.header);
        }
        return central;
    }

    /** What local and central headers have in common: from the version needed to the sizes. */
    private static void putCommon(ByteBuffer header, boolean large, long crc32, long length) {
        header.putShort((short) (large ? VERSION_64 : VERSION));
        header.putShort((short) UTF8).putShort((short) 0).putShort((short) 0).putShort((short) DATE);
        int size = (int) (large ? UINT : length);
        header.putInt((int) crc32).putInt(size).putInt(size);
    }

    private ByteBuffer large(long start, long length) {
        ByteBuffer end = littleEndian(LARGE_END_BYTES);
        end.putInt(ZipFormat.END_64).putLong(ZipFormat.END_64_BYTES - 12);
        end.putShort((short) VERSION_64).putShort((short) VERSION_64).putInt(0).putInt(0);
        end.putLong(records.size()).putLong(records.size()).putLong(length).putLong(start);
        end.putInt(ZipFormat.LOCATOR_64).putInt(0).putLong(start + length).putInt(1);
        return end;
    }

    private static ByteBuffer littleEndian(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }
}
