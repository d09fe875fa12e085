package dev.statedict.cli;

import java.util.List;
import java.util.Locale;

/** Numbers as people read them. */
final class Sizes {
    private static final String UNITS = "kMGTPE";

    private Sizes() {}

    /** Bytes in decimal units, as file managers and model hubs count: 15.2 kB. */
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.95) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %cB", value, UNITS.charAt(unit));
    }

    /** A count and its noun, "1 tensor" or "1,200 tensors". */
    static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }

    /** A shape as PyTorch writes it, {@code [2, 3]}; so do lists. */
    static String shape(List<Integer> shape) {
        return shape.toString();
    }

    /** The sizes as a list. */
    static List<Integer> list(int[] sizes) {
        Integer[] boxed = new Integer[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            boxed[i] = sizes[i];
        }
        return List.of(boxed);
    }
}
