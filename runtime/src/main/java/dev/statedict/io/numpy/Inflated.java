package dev.statedict.io.numpy;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.zip.ZipRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The content of a deflated record, inflated as it is asked for: onwards at no cost, backwards from the beginning again. It is
 * as long as the archive says, to the byte, or refused.
 */
final class Inflated implements FileBytes.Reader {
    /** A byte of deflated data makes at most so many; who claims more is refused before anything is made. */
    private static final long MAX_RATIO = 1032;

    private static final int CHUNK_BYTES = 1 << 16;

    private final FileBytes file;
    private final ZipRecord record;
    private final long begin;
    private final byte[] input;
    private @Nullable Inflater inflater;
    /** How many of the record's bytes were given to the inflater, and how many it has made. */
    private long given;

    private long made;

    private Inflated(FileBytes file, ZipRecord record, long begin) {
        this.file = file;
        this.record = record;
        this.begin = begin;
        this.input = new byte[(int) Math.min(CHUNK_BYTES, record.length())];
    }

    /**
     * The content of a record.
     *
     * @param file the archive
     * @param record deflated
     * @param begin the position that its first byte is to have, so that no two are in one place
     * @throws FormatException when it claims to be longer than it can be
     */
    static Inflated of(FileBytes file, ZipRecord record, long begin) throws FormatException {
        if (record.contentLength() / MAX_RATIO > record.length()) {
            throw FormatException.of(
                    "%s: %,d deflated bytes cannot be the %,d that the archive says",
                    Names.quote(record.name()), record.length(), record.contentLength());
        }
        return new Inflated(file, record, begin);
    }

    FileBytes bytes() {
        return FileBytes.of(file.name(), begin + record.contentLength(), this, () -> {});
    }

    @Override
    public boolean isSequential() {
        return true;
    }

    @Override
    public synchronized int read(ByteBuffer target, long from) throws IOException {
        long position = from - begin;
        if (position < made) {
            end();
        }
        Inflater current = inflater;
        if (current == null) {
            current = new Inflater(true);
            inflater = current;
            given = 0;
            made = 0;
        }
        try {
            byte[] skipped = new byte[(int) Math.min(position - made, CHUNK_BYTES)];
            while (made < position) {
                inflate(current, ByteBuffer.wrap(skipped).limit((int) Math.min(position - made, skipped.length)));
            }
            int count = inflate(current, target);
            if (made == record.contentLength()) {
                requireEnd(current);
            }
            return count;
        } catch (DataFormatException broken) {
            throw new FormatException(Names.quote(record.name()) + ": its deflated bytes are broken");
        }
    }

    /** Makes one byte or more. */
    private int inflate(Inflater current, ByteBuffer target) throws IOException, DataFormatException {
        while (true) {
            int count = current.inflate(target);
            made += count;
            if (count > 0) {
                return count;
            }
            if (current.finished() || current.needsDictionary() || given == record.length()) {
                throw FormatException.of(
                        "%s: %,d deflated bytes make %,d, the archive says %,d",
                        Names.quote(record.name()), record.length(), made, record.contentLength());
            }
            give(current);
        }
    }

    private void give(Inflater current) throws IOException {
        int count = (int) Math.min(input.length, record.length() - given);
        file.read(record.position() + given, ByteBuffer.wrap(input, 0, count));
        given += count;
        current.setInput(input, 0, count);
    }

    private void requireEnd(Inflater current) throws IOException, DataFormatException {
        ByteBuffer one = ByteBuffer.allocate(1);
        while (!current.finished() && current.inflate(one) == 0 && given < record.length()) {
            give(current);
        }
        if (one.position() > 0) {
            throw FormatException.of(
                    "%s: its deflated bytes make more than the %,d that the archive says",
                    Names.quote(record.name()), record.contentLength());
        }
        end();
    }

    /** Gives memory back that is outside of the heap; what is asked for next begins anew. */
    synchronized void end() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
        made = 0;
    }
}
