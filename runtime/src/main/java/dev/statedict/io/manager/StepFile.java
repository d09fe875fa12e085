package dev.statedict.io.manager;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint file in a directory. Its name tells step and pin, so that pinning is one rename, as saving is; its header tells
 * the rest.
 *
 * @param path the file
 * @param step the step of training
 * @param pinned whether it stays whatever else is decided
 * @param bytes the size of the file
 * @param time when it was saved; when it was last written, if it is damaged
 * @param metrics what was measured then; nothing if it is damaged
 * @param damage what is wrong with it, as far as is known
 */
public record StepFile(
        Path path,
        long step,
        boolean pinned,
        long bytes,
        Instant time,
        Map<String, Double> metrics,
        @Nullable String damage) {
    /** What the names of all such files match, as a glob. */
    static final String GLOB = "step-*.safetensors";

    private static final String PREFIX = "step-";
    private static final String PINNED = "-pinned";
    private static final String SUFFIX = ".safetensors";
    /** Zeros before a step, so that by name is by step, as far as ten digits go. */
    private static final int DIGITS = 10;

    /** What a name says. */
    record Name(long step, boolean pinned) {
        /** Reads a name; null for one that is not written so. */
        static @Nullable Name of(String fileName) {
            if (!fileName.startsWith(PREFIX) || !fileName.endsWith(SUFFIX)) {
                return null;
            }
            boolean pinned = fileName.endsWith(PINNED + SUFFIX);
            int end = fileName.length() - SUFFIX.length() - (pinned ? PINNED.length() : 0);
            int digits = end - PREFIX.length();
            boolean padded = digits == DIGITS || (digits > DIGITS && fileName.charAt(PREFIX.length()) != '0');
            if (!padded || !fileName.chars().skip(PREFIX.length()).limit(digits).allMatch(c -> c >= '0' && c <= '9')) {
                return null;
            }
            try {
                return new Name(Long.parseLong(fileName, PREFIX.length(), end, 10), pinned);
            } catch (NumberFormatException tooLarge) {
                return null;
            }
        }

        @Override
        public String toString() {
            String digits = Long.toString(step);
            return PREFIX
                    + "0".repeat(Math.max(0, DIGITS - digits.length()))
                    + digits
                    + (pinned ? PINNED : "")
                    + SUFFIX;
        }
    }

    /**
     * Where the checkpoint of a step stands.
     *
     * @param directory the directory
     * @param step the step
     * @param pinned whether it is pinned
     * @return its path
     */
    public static Path path(Path directory, long step, boolean pinned) {
        return directory.resolve(new Name(step, pinned).toString());
    }

    /**
     * This file as one that is damaged.
     *
     * @param problem what is wrong with it
     * @return the same file
     */
    public StepFile damagedBy(String problem) {
        return new StepFile(path, step, pinned, bytes, time, metrics, problem);
    }
}
