package dev.statedict.tensor;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a tensor as PyTorch prints it ({@code torch/_tensor_str.py} with its default options): one bracket for each
 * dimension, rows wrapped at 80 columns, and of a tensor of more than 1,000 elements only three at each end of each
 * dimension.
 */
final class TensorFormat {

    private static final String PREFIX = "tensor(";
    private static final int LINE_WIDTH = 80;
    /** Tensors with more elements are summarized. */
    private static final int THRESHOLD = 1000;
    /** How many slices a summary shows at each end of a dimension. */
    private static final int EDGE = 3;

    private final StringBuilder text = new StringBuilder(PREFIX);
    private final boolean summarized;
    private final ElementFormat elements;

    private TensorFormat(Tensor tensor) {
        summarized = tensor.numel() > THRESHOLD;
        elements = ElementFormat.of(shown(tensor));
    }

    static String format(Tensor tensor) {
        if (tensor.numel() == 0) {
            return formatEmpty(tensor.shape());
        }
        TensorFormat format = new TensorFormat(tensor);
        format.append(tensor, PREFIX.length());
        return format.text.append(')').toString();
    }

    private static String formatEmpty(int[] shape) {
        String brackets = PREFIX + "[]";
        if (shape.length == 1) {
            return brackets + ")";
        }
        String size = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", ", "size=(", ")"));
        // PyTorch, too, reckons the line two columns longer than it is
        boolean fits = brackets.length() + 2 + ", ".length() + size.length() <= LINE_WIDTH;
        return brackets + (fits ? ", " : ",\n" + " ".repeat(PREFIX.length())) + size + ")";
    }

    /** The elements of which the text will tell. */
    private float[] shown(Tensor tensor) {
        if (!summarized) {
            return tensor.toArray();
        }
        int count = 1;
        for (int size : tensor.shape()) {
            count *= Math.min(size, 2 * EDGE);
        }
        FloatBuffer shown = FloatBuffer.allocate(count);
        collectEdges(tensor, shown);
        return shown.array();
    }

    private void collectEdges(Tensor tensor, FloatBuffer shown) {
        if (tensor.dim() == 0) {
            shown.put(tensor.item());
            return;
        }
        int size = tensor.size(0);
        for (int i = 0; i < size; i = next(i, size)) {
            collectEdges(tensor.select(0, i), shown);
        }
    }

    /** Appends the text of a slice whose opening bracket stands in the given column. */
    private void append(Tensor slice, int column) {
        if (slice.dim() == 0) {
            text.append(elements.format(slice.item()));
        } else if (slice.dim() == 1) {
            appendRow(slice, column);
        } else {
            appendSlices(slice, column);
        }
    }

    private void appendSlices(Tensor tensor, int column) {
        String separator = "," + "\n".repeat(tensor.dim() - 1) + " ".repeat(column + 1);
        int size = tensor.size(0);
        text.append('[');
        for (int i = 0; i < size; i = next(i, size)) {
            if (i > 0) {
                text.append(separator);
            }
            if (followsGap(i, size)) {
                text.append("...").append(separator);
            }
            append(tensor.select(0, i), column + 1);
        }
        text.append(']');
    }

    private void appendRow(Tensor row, int column) {
        List<String> cells = new ArrayList<>();
        int size = row.size(0);
        for (int i = 0; i < size; i = next(i, size)) {
            if (followsGap(i, size)) {
                cells.add(" ...");
            }
            cells.add(elements.format(row.get(i)));
        }
        int perLine = Math.max(1, (LINE_WIDTH - column) / (elements.width() + ", ".length()));
        text.append('[');
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                text.append(i % perLine == 0 ? ",\n" + " ".repeat(column + 1) : ", ");
            }
            text.append(cells.get(i));
        }
        text.append(']');
    }

    /** The index that is shown after this one. */
    private int next(int i, int size) {
        return hasGap(size) && i == EDGE - 1 ? size - EDGE : i + 1;
    }

    private boolean followsGap(int i, int size) {
        return hasGap(size) && i == size - EDGE;
    }

    private boolean hasGap(int size) {
        return summarized && size > 2 * EDGE;
    }
}
