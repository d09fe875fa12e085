package dev.statedict.benchmark.result;

import java.util.Locale;

/** What a {@link Value} is counted in. */
public enum Unit {
    /** Time. */
    MICROSECONDS {
        @Override
        String format(double value) {
            double size = Math.abs(value);
            if (size < 1e3) {
                return number("%.2f us", value);
            }
            return size < 1e6 ? number("%.2f ms", value / 1e3) : number("%.2f s", value / 1e6);
        }
    },
    /** Space. */
    BYTES {
        @Override
        String format(double value) {
            double size = Math.abs(value);
            if (size < 10_000) {
                return number("%.0f B", value);
            }
            return size < 1e7 ? number("%.1f KB", value / 1024) : number("%.1f MB", value / (1024 * 1024));
        }
    },
    /** One thing by another. */
    RATIO {
        @Override
        String format(double value) {
            return number("%.3fx", value);
        }
    };

    abstract String format(double value);

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
