package dev.statedict.cli;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * What the elements of a tensor are like. Extremes, mean, deviation and histogram are of the finite ones.
 *
 * @param count the number of elements
 * @param nans how many are NaN
 * @param infinities how many are infinite
 * @param zeros how many are 0
 * @param min the smallest; NaN when there is none
 * @param max the largest; NaN when there is none
 * @param mean the mean; NaN when there is none
 * @param deviation the standard deviation, of n - 1 as {@code torch.std} has it; NaN of fewer than two
 * @param bins how many lie in each of the stretches of one length from the smallest to the largest
 */
record Statistics(
        long count,
        long nans,
        long infinities,
        long zeros,
        double min,
        double max,
        double mean,
        double deviation,
        List<Long> bins) {
    private static final int BINS = 10;
    private static final int BAR = 40;

    static Statistics of(Tensor tensor) {
        double[] elements = elements(tensor);
        long nans = 0;
        long zeros = 0;
        long finite = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (double element : elements) {
            nans += Double.isNaN(element) ? 1 : 0;
            zeros += element == 0 ? 1 : 0;
            if (Double.isFinite(element)) {
                finite++;
                min = Math.min(min, element);
                max = Math.max(max, element);
                sum += element;
            }
        }
        double mean = sum / finite;
        double squares = 0;
        long[] bins = new long[BINS];
        for (double element : elements) {
            if (Double.isFinite(element)) {
                squares += (element - mean) * (element - mean);
                bins[bin(element, min, max)]++;
            }
        }
        List<Long> counts = new ArrayList<>();
        for (long bin : bins) {
            counts.add(bin);
        }
        return new Statistics(
                elements.length,
                nans,
                elements.length - nans - finite,
                zeros,
                finite == 0 ? Double.NaN : min,
                finite == 0 ? Double.NaN : max,
                mean,
                finite < 2 ? Double.NaN : Math.sqrt(squares / (finite - 1)),
                min < max ? counts : List.of());
    }

    /** As doubles; what is beyond 2^53 to the nearest, for these are statistics. */
    private static double[] elements(Tensor tensor) {
        return tensor.elementType() == ElementType.I64
                ? LongStream.of(tensor.toLongArray()).asDoubleStream().toArray()
                : tensor.toDoubleArray();
    }

    private static int bin(double element, double min, double max) {
        return min == max ? 0 : (int) Math.min(BINS - 1, (element - min) / (max - min) * BINS);
    }

    private long finite() {
        return count - nans - infinities;
    }

    /** On a few lines; the histogram has none where all elements are one. */
    List<String> lines(int columns) {
        List<String> lines = new ArrayList<>();
        if (finite() > 0) {
            lines.add("min " + number(min) + ", max " + number(max) + ", mean " + number(mean)
                    + (Double.isNaN(deviation) ? "" : ", std " + number(deviation)));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%s: %,d NaN, %,d infinite, %,d zero",
                Sizes.count(count, "element"),
                nans,
                infinities,
                zeros));
        long most = bins.stream().mapToLong(Long::longValue).max().orElse(0);
        double step = (max - min) / BINS;
        List<String> starts = new ArrayList<>();
        for (int i = 0; i < bins.size(); i++) {
            starts.add(number(min + i * step));
        }
        int width = starts.stream().mapToInt(String::length).max().orElse(0);
        int digits = String.format(Locale.ROOT, "%,d", most).length();
        int bar = Math.max(1, Math.min(BAR, columns - width - digits - 4));
        for (int i = 0; i < bins.size(); i++) {
            // a stretch that holds one element of many is not to look empty
            int length = (int) Math.ceil((double) bins.get(i) * bar / most);
            lines.add((" ".repeat(width - starts.get(i).length()) + starts.get(i) + "  "
                            + String.format(Locale.ROOT, "%," + digits + "d", bins.get(i)) + "  " + "#".repeat(length))
                    .stripTrailing());
        }
        return lines;
    }

    /** Four digits, as PyTorch prints. */
    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 1e-4 && size < 1e7 ? "%.4f" : "%.4e", value);
    }
}
