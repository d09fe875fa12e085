package dev.statedict.benchmark.source;

import java.util.Collection;

/** The middle of several readings, which one disturbed reading does not move. */
final class Median {
    private Median() {}

    /** Of an even number of readings, half way between the two in the middle; NaN of none. */
    static double of(Collection<Double> readings) {
        double[] sorted =
                readings.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
