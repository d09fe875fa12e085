package dev.statedict.spark;

import dev.statedict.StateDict;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A state dict on every executor, until it is closed. It goes to each executor once, and each {@link #open} there is a dict of its own.
 *
 * <pre>{@code
 * try (StateDictBroadcast broadcast = StateDictBroadcast.of(context, model.stateDict())) {
 *   return rows.map(row -> score(broadcast.open(), row)).collect(); // an action, before it is closed
 * }
 * }</pre>
 */
public final class StateDictBroadcast implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1;

    private final Broadcast<PortableStateDict> broadcast;
    private boolean closed;

    private StateDictBroadcast(Broadcast<PortableStateDict> broadcast) {
        this.broadcast = broadcast;
    }

    /**
     * Sends a dict.
     *
     * @param context the driver's
     * @param dict a dict of any policy; what is written to it later does not show
     * @return to be closed on the driver
     */
    public static StateDictBroadcast of(JavaSparkContext context, StateDict dict) {
        return new StateDictBroadcast(context.broadcast(PortableStateDict.of(dict)));
    }

    /**
     * A fresh dict, on the driver or in a task.
     *
     * @return a {@link dev.statedict.Policy#COPY} dict that shares nothing with any other
     * @throws IllegalStateException when it was closed
     */
    public StateDict open() {
        if (closed) {
            throw new IllegalStateException(destroyed());
        }
        return broadcast.value().open();
    }

    /** Destroys it, on the driver and on all executors. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            broadcast.destroy();
        }
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        if (closed) {
            throw new InvalidObjectException(destroyed());
        }
        out.defaultWriteObject();
    }

    private String destroyed() {
        return "this broadcast of a state dict was destroyed, and something still needs it: an RDD is lazy, and computes with what it was"
                + " given when an action asks for it; call the action (collect, count, saveAsTextFile) before close, or make a new"
                + " StateDictBroadcast for it";
    }
}
