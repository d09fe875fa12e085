package dev.statedict.spark;

import dev.statedict.StateDict;
import dev.statedict.io.CheckpointFormat;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.WriteOptions;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * A state dict as it travels on a cluster: its bytes, taken when this was made. Whoever opens it gets a dict of its own, so that
 * nothing is ever shared with the driver or between tasks, in local mode either.
 *
 * <p>A raw dict is serializable and yet no such thing: in local mode Spark hands tasks the very object that was broadcast, and a dict
 * under {@code ALIAS} then follows the driver's module while tasks read it. {@link StateDictKryoRegistrator} and
 * {@link StateDictSerializer} refuse raw dicts, tensors and modules.
 *
 * <pre>{@code
 * PortableStateDict portable = PortableStateDict.of(model.stateDict());
 * rows.map(row -> portable.open().get("fc.bias").get(0) + row);
 * }</pre>
 */
public final class PortableStateDict implements Serializable {
    private static final long serialVersionUID = 1;

    /** Keeps all that a dict is; safetensors would lose order and roles, and refuse views that overlap. */
    private static final WriteOptions FORMAT = WriteOptions.defaults().withFormat(CheckpointFormat.STATEDICT);

    private final byte[] bytes;

    private PortableStateDict(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The content of a dict as it is now: entries in their order, roles, stored types, ties, extra state and versions.
     *
     * @param dict a dict of any policy; what is written to it later does not show
     * @return what may travel
     */
    public static PortableStateDict of(StateDict dict) {
        return new PortableStateDict(Checkpoints.toBytes(dict, FORMAT));
    }

    /**
     * A fresh dict.
     *
     * @return a {@link dev.statedict.Policy#COPY} dict that shares nothing with any other
     */
    public StateDict open() {
        try {
            return Checkpoints.load(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How much travels.
     *
     * @return the number of bytes
     */
    public int byteCount() {
        return bytes.length;
    }

    /**
     * For people who debug.
     *
     * @return for example {@code PortableStateDict of 2700 bytes}
     */
    @Override
    public String toString() {
        return "PortableStateDict of " + bytes.length + " bytes";
    }
}
