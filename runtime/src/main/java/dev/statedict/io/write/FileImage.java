package dev.statedict.io.write;

import dev.statedict.io.transfer.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** What a file is to hold: laid out, and not yet written. Everything that a format cannot express is refused before. */
public interface FileImage {
    /** {@return the bytes of tensors in it, which is what progress counts} */
    long elementBytes();

    /**
     * Writes everything, by position.
     *
     * @param channel the empty file
     * @param progress is told of the bytes of tensors
     * @throws IOException when the file takes no more
     */
    void writeTo(FileChannel channel, Progress progress) throws IOException;

    /**
     * Writes the same, byte by byte and in one pass.
     *
     * @param stream neither flushed nor closed
     * @param progress is told of the bytes of tensors
     * @throws IOException when the stream takes no more
     */
    void writeTo(OutputStream stream, Progress progress) throws IOException;

    /**
     * A file that holds no tensors.
     *
     * @param bytes all of it, not copied
     * @return the file
     */
    static FileImage of(byte[] bytes) {
        return new FileImage() {
            @Override
            public long elementBytes() {
                return 0;
            }

            @Override
            public void writeTo(FileChannel channel, Progress progress) throws IOException {
                for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
                    channel.write(rest);
                }
            }

            @Override
            public void writeTo(OutputStream stream, Progress progress) throws IOException {
                stream.write(bytes);
            }
        };
    }
}
