package dev.statedict.io.pytorch;

import dev.statedict.io.file.TensorWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes a ZIP archive of records stored as they are, each at a multiple of 64 bytes, as PyTorch aligns them for memory
 * mapping. The same records give the same bytes: dates are 1980-01-01.
 */
final class ZipWriter {
    /** Writes the bytes of a record. */
    interface Content {
        void write() throws IOException;
    }

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

    private record Record(byte[] name, long header, long length, long crc32) {}

    private final FileChannel channel;
    private final TensorWriter writer;
    private final List<Record> records = new ArrayList<>();

    /**
     * An empty archive.
     *
     * @param channel the file
     * @param writer what writes to it
     */
    ZipWriter(FileChannel channel, TensorWriter writer) {
        this.channel = channel;
        this.writer = writer;
    }

    void record(String name, byte[] content) throws IOException {
        record(name, content.length, () -> writer.write(ByteBuffer.wrap(content)));
    }

    void record(String name, long length, Content content) throws IOException {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        long header = writer.position();
        boolean large = length >= UINT;
        int fixed = ZipDirectory.LOCAL_HEADER_BYTES + utf8.length + (large ? EXTRA_64_BYTES : 0);
        int padding = (int) (-(header + fixed + 4) & (ALIGNMENT - 1)) + 4;
        ByteBuffer local = littleEndian(fixed + padding);
        local.putInt(ZipDirectory.LOCAL_HEADER);
        putCommon(local, large, 0, length);
        local.putShort((short) utf8.length).putShort((short) (fixed + padding - 30 - utf8.length));
        local.put(utf8);
        if (large) {
            local.putShort((short) ZipDirectory.EXTRA_64)
                    .putShort((short) 16)
                    .putLong(length)
                    .putLong(length);
        }
        local.putShort((short) EXTRA_PADDING).putShort((short) (padding - 4));
        writer.write(local.clear());

        CRC32 crc = new CRC32();
        writer.checksum(crc);
        content.write();
        writer.checksum(null);
        // the sum goes before the bytes, and is known behind them
        ByteBuffer sum = littleEndian(Integer.BYTES).putInt(0, (int) crc.getValue());
        while (sum.hasRemaining()) {
            channel.write(sum, header + CRC_OFFSET + sum.position());
        }
        records.add(new Record(utf8, header, length, crc.getValue()));
    }

    /** Writes the directory, with which the archive is complete. */
    void finish() throws IOException {
        long start = writer.position();
        for (Record record : records) {
            writer.write(central(record).clear());
        }
        long length = writer.position() - start;
        if (start >= UINT || length >= UINT || records.size() >= USHORT) {
            writer.write(large(start, length).clear());
        }
        ByteBuffer end = littleEndian(ZipDirectory.END_BYTES);
        end.putInt(ZipDirectory.END).putInt(0);
        short count = (short) Math.min(records.size(), USHORT);
        end.putShort(count).putShort(count);
        end.putInt((int) Math.min(length, UINT)).putInt((int) Math.min(start, UINT));
        writer.write(end.clear());
        writer.flush();
    }

    private static ByteBuffer central(Record record) {
        boolean large = record.length >= UINT || record.header >= UINT;
        ByteBuffer central = littleEndian(ZipDirectory.CENTRAL_HEADER_BYTES + record.name.length + (large ? 28 : 0));
        central.putInt(ZipDirectory.CENTRAL_HEADER);
        central.putShort((short) (large ? VERSION_64 : VERSION));
        putCommon(central, large, record.crc32, record.length);
        central.putShort((short) record.name.length).putShort((short) (large ? 28 : 0));
        // no comment, one disk, no attributes
        central.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
        central.putInt((int) (large ? UINT : record.header));
        central.put(record.name);
        if (large) {
            central.putShort((short) ZipDirectory.EXTRA_64).putShort((short) 24);
            central.putLong(record.length).putLong(record.length).putLong(record.header);
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
        ByteBuffer end = littleEndian(ZipDirectory.END_64_BYTES + ZipDirectory.LOCATOR_64_BYTES);
        end.putInt(ZipDirectory.END_64).putLong(ZipDirectory.END_64_BYTES - 12);
        end.putShort((short) VERSION_64).putShort((short) VERSION_64).putInt(0).putInt(0);
        end.putLong(records.size()).putLong(records.size()).putLong(length).putLong(start);
        end.putInt(ZipDirectory.LOCATOR_64).putInt(0).putLong(start + length).putInt(1);
        return end;
    }

    private static ByteBuffer littleEndian(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }
}
