package dev.statedict.io.manager;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint file in a directory. Its name tells step and pin, so that pinning is one rename, as saving is; its header tells
 * the rest.
 *
 * @param path the file
 * @param suffix what its name ends in, which says the format
 * @param step the step of training
 * @param pinned whether it stays whatever else is decided
 * @param bytes the size of the file
 * @param time when it was saved; when it was last written, if it is damaged
 * @param metrics what was measured then; nothing if it is damaged
 * @param damage what is wrong with it, as far as is known
 */
public record StepFile(
        Path path,
        String suffix,
        long step,
        boolean pinned,
        long bytes,
        Instant time,
        Map<String, Double> metrics,
        @Nullable String damage) {
    /** What the names of all such files match, as a glob. */
    static final String GLOB = "step-*";

    private static final String PREFIX = "step-";
    private static final String PINNED = "-pinned";
    /** Zeros before a step, so that by name is by step, as far as ten digits go. */
    private static final int DIGITS = 10;

    /** What a name says. */
    record Name(long step, boolean pinned, String suffix) {
        /** Reads a name; null for one that is not written so. */
        static @Nullable Name of(String fileName, Collection<String> suffixes) {
            int dot = fileName.indexOf('.');
            String suffix = fileName.substring(dot + 1);
            if (!fileName.startsWith(PREFIX) || dot < 0 || !suffixes.contains(suffix)) {
                return null;
            }
            boolean pinned = fileName.startsWith(PINNED, dot - PINNED.length());
            int end = dot - (pinned ? PINNED.length() : 0);
            int digits = end - PREFIX.length();
            boolean padded = digits == DIGITS || (digits > DIGITS && fileName.charAt(PREFIX.length()) != '0');
            if (!padded || !fileName.chars().skip(PREFIX.length()).limit(digits).allMatch(c -> c >= '0' && c <= '9')) {
                return null;
            }
            try {
                return new Name(Long.parseLong(fileName, PREFIX.length(), end, 10), pinned, suffix);
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
                    + '.'
                    + suffix;
        }
    }

    /**
     * Where the checkpoint of a step stands.
     *
     * @param directory the directory
     * @param step the step
     * @param pinned whether it is pinned
     * @param suffix what its name ends in
     * @return its path
     */
    public static Path path(Path directory, long step, boolean pinned, String suffix) {
        return directory.resolve(new Name(step, pinned, suffix).toString());
    }

    /**
     * This file as one that is damaged.
     *
     * @param problem what is wrong with it
     * @return the same file
     */
    public StepFile damagedBy(String problem) {
        return new StepFile(path, suffix, step, pinned, bytes, time, metrics, problem);
    }
}
