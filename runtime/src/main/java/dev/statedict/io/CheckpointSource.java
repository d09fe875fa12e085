package dev.statedict.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a checkpoint that lies anywhere: in an object store, a database, a container of one's own. It says how many
 * there are, and reads them by position, so that {@link Checkpoints#open(CheckpointSource)} fetches the header, and then
 * the tensors that are asked for and nothing else.
 *
 * {@snippet class="com.example.Sources" region="source"}
 *
 * <p>Over HTTP that is {@link HttpCheckpointSource}. Whoever opens a source hands it over: it is closed with the checkpoint,
 * and also when it cannot be opened as one.
 */
public interface CheckpointSource extends Closeable {
    /**
     * The number of bytes. Asked once, when it is opened; what it says is checked against what is read.
     *
     * @return 0 or more
     * @throws IOException when it cannot be told
     */
    long size() throws IOException;

    /**
     * Reads some bytes, as {@link java.nio.channels.FileChannel#read(ByteBuffer, long)} does. Any number of threads call it
     * at a time, each with a buffer of its own.
     *
     * @param target takes as many bytes as it has room for, or fewer, but one at least; its position is moved behind them
     * @param position where the first of them lies, 0 or more
     * @return how many bytes were read, or -1 when there are none from that position on
     * @throws IOException when they cannot be read; it goes to whoever asked for a tensor, as it is
     */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * Told before bytes are read piece by piece, one read going on where the one before it ended: those of a tensor, or of a
     * part of a large one. A source to which a request is dear can ask for all of them at once. In whichever thread, and no
     * promise: an error may end the reads before.
     *
     * @param position where the first lies
     * @param count how many
     */
    default void willRead(long position, long count) {}

    /**
     * What it is called in messages, where a file has its path.
     *
     * @return for example {@code s3://bucket/best.safetensors}; unless said otherwise the simple name of its class
     */
    default String name() {
        return "<" + getClass().getSimpleName() + ">";
    }

    /**
     * Gives up what it holds; unless said otherwise that is nothing.
     *
     * @throws IOException when that fails
     */
    @Override
    default void close() throws IOException {}
}
