package dev.statedict.io.statedict;

import dev.statedict.io.read.FileBytes;
import dev.statedict.io.transfer.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of a file from a position on, as a stream. */
final class FileStream extends InputStream {
    private final FileBytes file;
    private final Progress progress;
    private long position;

    /**
     * A stream.
     *
     * @param file read, and never closed
     * @param position where to begin
     * @param progress is told of each piece
     */
    FileStream(FileBytes file, long position, Progress progress) {
        this.file = file;
        this.position = position;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        int available = (int) Math.min(count, file.length() - position);
        if (available <= 0) {
            return count == 0 ? 0 : -1;
        }
        file.read(position, ByteBuffer.wrap(target, offset, available));
        position += available;
        progress.add(available);
        return available;
    }
}
