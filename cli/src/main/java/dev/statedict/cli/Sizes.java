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
        // a listing has one for each of its tensors, and the JDK's formatter would take a third of its time
        int unit = 0;
        long tenth = 100;
        long tenths = rounded(bytes, tenth);
        while (tenths >= 10_000) {
            tenth *= 1000;
            unit++;
            tenths = rounded(bytes, tenth);
        }
        return tenths / 10 + "." + tenths % 10 + " " + UNITS.charAt(unit) + "B";
    }

    private static long rounded(long bytes, long unit) {
        return bytes / unit + (bytes % unit >= unit / 2 ? 1 : 0);
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
