package dev.statedict.benchmark;

import dev.statedict.io.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;

/** Reads files that may be hostile, and prints a line of microseconds for each, the least of several, loaded or refused. */
public final class HostileFiles {
    private static final int TIMES = 3;

    private HostileFiles() {}

    /**
     * Reads them all.
     *
     * @param arguments the files
     */
    public static void main(String[] arguments) {
        for (String file : arguments) {
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < TIMES; i++) {
                long start = System.nanoTime();
                read(Path.of(file));
                least = Math.min(least, (System.nanoTime() - start) / 1e3);
            }
            System.out.println(least);
        }
    }

    private static void read(Path file) {
        try {
            Checkpoints.load(file);
        } catch (IOException e) {
            // refused, as it may be
        }
    }
}
