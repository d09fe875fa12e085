package dev.statedict.processor.schema;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the compilation says of the lock.
 *
 * @param directory where the locked schemas are; null when there is no lock
 * @param update whether they are written, and not compared
 */
public record LockOptions(@Nullable Path directory, boolean update) {
    public static final LockOptions NONE = new LockOptions(null, false);
}
