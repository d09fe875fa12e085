package dev.statedict.sample;

import dev.statedict.tensor.Tensor;
import java.util.Arrays;

/**
 * Images of digits, a row each, and what they show.
 *
 * @param images {@code [size, PIXELS]}
 * @param labels the digit of each row, 0 to 9
 */
record Digits(Tensor images, int[] labels) {
    /** The side of an image, in pixels. */
    static final int SIDE = 8;

    static final int PIXELS = SIDE * SIDE;
    static final int CLASSES = 10;

    /** A pixel of full ink, as it is read. */
    static final int MOST_INK = 16;

    int size() {
        return labels.length;
    }

    /** New digits, which share nothing with these: the given rows in the given order. */
    Digits select(int[] rows) {
        Digits selected = new Digits(Tensor.zeros(rows.length, PIXELS), new int[rows.length]);
        for (int i = 0; i < rows.length; i++) {
            selected.images.select(0, i).copyFrom(images.select(0, rows[i]));
            selected.labels[i] = labels[rows[i]];
        }
        return selected;
    }

    /** A run of rows; the images are a view of these. */
    Digits narrow(int start, int length) {
        return new Digits(images.narrow(0, start, length), Arrays.copyOfRange(labels, start, start + length));
    }
}
