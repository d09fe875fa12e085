package dev.statedict.tensor;

/**
 * The loops that take a row at a time: a row runs along the last dimension, a 0-d tensor is a row of one. No Math.exp
 * and Math.log, which may differ in the last bit: a training should come out the same on every machine.
 */
final class RowMath {

    private RowMath() {}

    /** Writes the softmax of each row; {@code out} is the input's layout in the input's storage, or apart from it. */
    static void softmax(float[] storage, Layout layout, float[] out, Layout outLayout) {
        Rows read = new Rows(layout);
        Rows write = new Rows(outLayout);
        while (read.next() && write.next()) {
            float max = max(storage, read);
            double sum = 0;
            for (int i = 0, in = read.start(), to = write.start();
                    i < read.length();
                    i++, in += read.stride(), to += write.stride()) {
                out[to] = (float) Exponential.exp(storage[in] - max);
                sum += out[to];
            }
            double scale = 1 / sum;
            for (int i = 0, to = write.start(); i < write.length(); i++, to += write.stride()) {
                out[to] = (float) (out[to] * scale);
            }
        }
    }

    /** Writes the logarithm of the softmax of each row, which stays finite where the softmax rounds to 0. */
    static void logSoftmax(float[] storage, Layout layout, float[] out, Layout outLayout) {
        Rows read = new Rows(layout);
        Rows write = new Rows(outLayout);
        while (read.next() && write.next()) {
            float max = max(storage, read);
            double sum = 0;
            for (int i = 0, in = read.start(); i < read.length(); i++, in += read.stride()) {
                sum += Exponential.exp(storage[in] - max);
            }
            double log = StrictMath.log(sum);
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
