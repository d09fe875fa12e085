package dev.statedict.io;

import dev.statedict.io.manager.Label;
import dev.statedict.io.manager.Retention;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link CheckpointManager} keeps, and how it saves. Immutable: each method gives a new value. Unless said otherwise every
 * checkpoint is kept, with digests of all tensors, and saved in the thread that calls.
 *
 * <p>Rules of what to keep add up: a checkpoint stays while any of them keeps it. The latest always stays, and so do pinned ones and
 * those that are known to be damaged.
 *
 * <pre>{@code
 * CheckpointManagerOptions.defaults()
 *     .withKeepLast(3)
 *     .withKeepBest(2, "validation_loss", Objective.MINIMIZE)
 *     .withKeepEvery(10_000)
 *     .withAsynchronousSaves(WhenBusy.WAIT)
 * }</pre>
 */
public final class CheckpointManagerOptions {
    private static final CheckpointManagerOptions DEFAULTS = new CheckpointManagerOptions(
            Retention.ALL,
            WriteOptions.defaults().withDigest(),
            null,
            new CheckpointListener() {},
            Clock.systemUTC(),
            false);

    private final Retention retention;
    private final WriteOptions writing;
    private final @Nullable WhenBusy whenBusy;
    private final CheckpointListener listener;
    private final Clock clock;
    private final boolean allowsDamaged;

    private CheckpointManagerOptions(
            Retention retention,
            WriteOptions writing,
            @Nullable WhenBusy whenBusy,
            CheckpointListener listener,
            Clock clock,
            boolean allowsDamaged) {
        this.retention = retention;
        this.writing = writing;
        this.whenBusy = whenBusy;
        this.listener = listener;
        this.clock = clock;
        this.allowsDamaged = allowsDamaged;
    }

    /** {@return the options of {@link CheckpointManager#open(java.nio.file.Path)}} */
    public static CheckpointManagerOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Keeps the last few, by step.
     *
     * @param count how many, 1 or more
     * @return these options with that rule
     * @throws IllegalArgumentException when the number is less than 1
     */
    public CheckpointManagerOptions withKeepLast(int count) {
        requirePositive("the number of checkpoints to keep", count);
        return with(retention.withLast(count));
    }

    /**
     * Keeps the best few, and says what {@link CheckpointManager#best()} is. A checkpoint without the metric, or with NaN, is never
     * among them; of equals the earlier is.
     *
     * @param count how many, 1 or more
     * @param metric one of the metrics that are saved
     * @param objective which values are better
     * @return these options with that rule
     * @throws IllegalArgumentException when the number is less than 1
     */
    public CheckpointManagerOptions withKeepBest(int count, String metric, Objective objective) {
        requirePositive("the number of checkpoints to keep", count);
        return with(retention.withBest(count, Objects.requireNonNull(metric), objective == Objective.MAXIMIZE));
    }

    /**
     * Keeps every checkpoint whose step is a multiple of a number.
     *
     * @param steps the number, 1 or more
     * @return these options with that rule
     * @throws IllegalArgumentException when the number is less than 1
     */
    public CheckpointManagerOptions withKeepEvery(long steps) {
        requirePositive("the number of steps", steps);
        return with(retention.withEvery(steps));
    }

    /**
     * Keeps those that are not older than a duration. Where the clock was set back, what seems to come from the future is young.
     *
     * @param age the greatest age
     * @return these options with that rule
     * @throws IllegalArgumentException when the duration is not positive
     */
    public CheckpointManagerOptions withKeepYounger(Duration age) {
        if (age.isZero() || age.isNegative()) {
            throw new IllegalArgumentException("the greatest age of a checkpoint is " + age + "; give more than zero");
        }
        return with(retention.withYounger(age));
    }

    /**
     * Saves asynchronously: {@link CheckpointManager#save} takes a snapshot, into memory that is used again, and another thread
     * writes it.
     *
     * @param whenBusy what a save does while an earlier one is being written
     * @return these options with asynchronous saves
     */
    public CheckpointManagerOptions withAsynchronousSaves(WhenBusy whenBusy) {
        return new CheckpointManagerOptions(
                retention, writing, Objects.requireNonNull(whenBusy), listener, clock, allowsDamaged);
    }

    /**
     * How files are written. Each save waits for the disk whatever these options say, for older checkpoints are deleted after it.
     *
     * @param options format, stored type, metadata, digests, progress
     * @return these options with those
     * @throws IllegalArgumentException when they ask for shards or for {@link CheckpointFormat#NUMPY_ARRAY}, or set the metadata
     *     {@code checkpoint}, which is the manager's own
     */
    public CheckpointManagerOptions withWriteOptions(WriteOptions options) {
        if (options.isSharded()) {
            throw new IllegalArgumentException(
                    "a checkpoint is one file, which is there or is not; give write options without a shard size");
        }
        requireSeveralEntries(options.format());
        if (options.metadata(Map.of()).containsKey(Label.KEY)) {
            throw new IllegalArgumentException(
                    "the metadata name \"" + Label.KEY + "\" is the manager's own; give yours another");
        }
        return new CheckpointManagerOptions(retention, options, whenBusy, listener, clock, allowsDamaged);
    }

    /**
     * Saves in another format than safetensors. A directory may hold checkpoints of several; a step that is saved again stands in the
     * format of the last time.
     *
     * @param format for example {@link CheckpointFormat#PYTORCH}: {@code step-0000001200.pt}, which {@code torch.load} reads
     * @return these options with that format
     * @throws IllegalArgumentException for {@link CheckpointFormat#NUMPY_ARRAY}, which holds a single array
     */
    public CheckpointManagerOptions withFormat(CheckpointFormat format) {
        requireSeveralEntries(format);
        return new CheckpointManagerOptions(
                retention, writing.withFormat(format), whenBusy, listener, clock, allowsDamaged);
    }

    /**
     * Tells a listener of what is done.
     *
     * @param listener is told
     * @return these options with that listener
     */
    public CheckpointManagerOptions withListener(CheckpointListener listener) {
        return new CheckpointManagerOptions(
                retention, writing, whenBusy, Objects.requireNonNull(listener), clock, allowsDamaged);
    }

    /**
     * Asks a clock for the time of a save.
     *
     * @param clock the clock; the system's by default
     * @return these options with that clock
     */
    public CheckpointManagerOptions withClock(Clock clock) {
        return new CheckpointManagerOptions(
                retention, writing, whenBusy, listener, Objects.requireNonNull(clock), allowsDamaged);
    }

    /**
     * Restores the newest checkpoint that is whole where newer ones are damaged; the listener and the result tell of those. Without it
     * a damaged newest one is an error.
     *
     * @return these options with that forgiven
     */
    public CheckpointManagerOptions allowDamaged() {
        return new CheckpointManagerOptions(retention, writing, whenBusy, listener, clock, true);
    }

    private CheckpointManagerOptions with(Retention rules) {
        return new CheckpointManagerOptions(rules, writing, whenBusy, listener, clock, allowsDamaged);
    }

    private static void requireSeveralEntries(CheckpointFormat format) {
        if (format == CheckpointFormat.NUMPY_ARRAY) {
            throw new IllegalArgumentException(
                    "an .npy file holds one array and no step, time or metrics; save checkpoints as NUMPY (.npz)");
        }
    }

    private static void requirePositive(String what, long number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " is " + number + "; give 1 or more");
        }
    }

    Retention retention() {
        return retention;
    }

    WriteOptions writing() {
        return writing;
    }

    /** Null for saves in the thread that calls. */
    @Nullable
    WhenBusy whenBusy() {
        return whenBusy;
    }

    CheckpointListener listener() {
        return listener;
    }

    Clock clock() {
        return clock;
    }

    boolean allowsDamaged() {
        return allowsDamaged;
    }
}
