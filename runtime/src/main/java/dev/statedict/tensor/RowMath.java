package dev.statedict.tensor;

/**
 * The loops that take a row at a time: a row runs along the last dimension, a 0-d tensor is a row of one. No Math.exp
 * and Math.log, which may differ in the last bit: a training should come out the same on every machine.
 */
final class RowMath {
    /** How many numbers are exponentiated at a time: so many stay in the first cache. */
    private static final int BLOCK = 512;

    private RowMath() {}

    /** Writes the softmax of each row; {@code out} is the input's layout in the input's storage, or apart from it. */
    static void softmax(float[] storage, Layout layout, float[] out, Layout outLayout) {
        Rows read = new Rows(layout);
        Rows write = new Rows(outLayout);
        if (read.length() <= ShortRows.LONGEST) {
            ShortRows.softmax(storage, read, out, write);
            return;
        }
        double[] block = new double[BLOCK];
        while (read.next() && write.next()) {
            float max = max(storage, read);
            double scale = 1 / sumOfExponentials(storage, read, max, block);
            for (int from = 0, to = write.start(); from < read.length(); from += BLOCK) {
                int count = exponentiate(storage, read, from, max, block);
                for (int i = 0; i < count; i++, to += write.stride()) {
                    out[to] = (float) (block[i] * scale);
                }
            }
        }
    }

    private static double sumOfExponentials(float[] storage, Rows row, float max, double[] block) {
        double sum = 0;
        for (int from = 0; from < row.length(); from += BLOCK) {
            int count = exponentiate(storage, row, from, max, block);
            for (int i = 0; i < count; i++) {
                sum += block[i];
            }
        }
        return sum;
    }

    /** Fills a block with exponentials of a row's numbers less its maximum, as far as both reach, and tells how many. */
    private static int exponentiate(float[] storage, Rows row, int from, float max, double[] block) {
        int count = Math.min(row.length() - from, BLOCK);
        for (int i = 0, in = row.start() + from * row.stride(); i < count; i++, in += row.stride()) {
            block[i] = Math.max((double) storage[in] - max, Exponential.ZERO);
        }
        Exponential.exp(block, count);
        return count;
    }

    /** Writes the logarithm of the softmax of each row, which stays finite where the softmax rounds to 0. */
    static void logSoftmax(float[] storage, Layout layout, float[] out, Layout outLayout) {
        Rows read = new Rows(layout);
        Rows write = new Rows(outLayout);
        double[] block = new double[BLOCK];
        while (read.next() && write.next()) {
            float max = max(storage, read);
            double log = StrictMath.log(sumOfExponentials(storage, read, max, block));
            for (int i = 0, in = read.start(), to = write.start();
                    i < read.length();
                    i++, in += read.stride(), to += write.stride()) {
                out[to] = (float) (storage[in] - max - log);
            }
        }
    }

    /** Writes to {@code out}, in row-major order, the index of each row's first maximum. */
    static void argmax(float[] storage, Layout layout, int[] out) {
        int row = 0;
        for (Rows rows = new Rows(layout); rows.next(); row++) {
            int best = 0;
            float most = storage[rows.start()];
            for (int i = 1, at = rows.start() + rows.stride(); i < rows.length(); i++, at += rows.stride()) {
                float value = storage[at];
                // not Float.compare, to which 0.0 is larger than -0.0
                if (value > most || (Float.isNaN(value) && !Float.isNaN(most))) {
                    best = i;
                    most = value;
                }
            }
            out[row] = best;
        }
    }

    /** The largest of the row's numbers: a NaN need not win here, as it makes the sum NaN. */
    private static float max(float[] storage, Rows row) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0, at = row.start(); i < row.length(); i++, at += row.stride()) {
            max = storage[at] > max ? storage[at] : max;
        }
        return max;
    }
}
