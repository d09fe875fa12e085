package dev.statedict.tensor;

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
    private final ElementTexts elements;
    private int next;

    private TensorFormat(Tensor tensor) {
        summarized = tensor.numel() > THRESHOLD;
        Tensor shown = shown(tensor).copy();
        elements = shown.elementType().elements.texts(shown.storageOrRows());
    }

    static String format(Tensor tensor) {
        ElementType type = tensor.elementType();
        if (tensor.numel() == 0) {
            return formatEmpty(tensor.shape(), type);
        }
        TensorFormat format = new TensorFormat(tensor);
        format.append(tensor.shape(), 0, PREFIX.length());
        boolean told = type == ElementType.F32 || type == ElementType.I64 || type == ElementType.BOOL;
        return withSuffixes(format.text.toString(), told ? List.of() : List.of("dtype=" + type.torchName));
    }

    /** Of an empty tensor no element tells the type, so that only float32 goes without saying. */
    private static String formatEmpty(int[] shape, ElementType type) {
        List<String> suffixes = new ArrayList<>();
        if (shape.length != 1) {
            suffixes.add(
                    Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", ", "size=(", ")")));
        }
        if (type != ElementType.F32) {
            suffixes.add("dtype=" + type.torchName);
        }
        return withSuffixes(PREFIX + "[]", suffixes);
    }

    private static String withSuffixes(String text, List<String> suffixes) {
        StringBuilder all = new StringBuilder(text);
        // PyTorch, too, reckons the last line two columns longer than it is
        int column = text.length() - text.lastIndexOf('\n') + 1;
        for (String suffix : suffixes) {
            if (column + suffix.length() + 2 > LINE_WIDTH) {
                all.append(",\n").append(" ".repeat(PREFIX.length()));
                column = PREFIX.length();
            } else {
                all.append(", ");
                column += 2;
            }
            all.append(suffix);
            column += suffix.length();
        }
        return all.append(')').toString();
    }

    /** A tensor of the elements of which the text will tell, in order. */
    private Tensor shown(Tensor tensor) {
        int[] shape = tensor.shape();
        for (int dim = 0; dim < shape.length; dim++) {
            shape[dim] = hasGap(shape[dim]) ? 2 * EDGE : shape[dim];
        }
        Tensor shown = Tensor.zeros(tensor.elementType(), shape);
        copyEdges(tensor, shown, 0);
        return shown;
    }

    private void copyEdges(Tensor tensor, Tensor shown, int dim) {
        if (dim == tensor.dim()) {
            shown.copyFrom(tensor);
        } else if (hasGap(tensor.size(dim))) {
            copyEdges(tensor.narrow(dim, 0, EDGE), shown.narrow(dim, 0, EDGE), dim + 1);
            copyEdges(tensor.narrow(dim, -EDGE, EDGE), shown.narrow(dim, EDGE, EDGE), dim + 1);
        } else {
            copyEdges(tensor, shown, dim + 1);
        }
    }

    /** Appends the text of a slice, from this dimension on, whose opening bracket stands in the given column. */
    private void append(int[] shape, int dim, int column) {
        if (dim == shape.length) {
            text.append(nextElement());
        } else if (dim == shape.length - 1) {
            appendRow(shape[dim], column);
        } else {
            appendSlices(shape, dim, column);
        }
    }

    private String nextElement() {
        return elements.texts().get(next++);
    }

    private void appendSlices(int[] shape, int dim, int column) {
        String separator = "," + "\n".repeat(shape.length - dim - 1) + " ".repeat(column + 1);
        text.append('[');
        for (int i = 0; i < shape[dim]; i = following(i, shape[dim])) {
            if (i > 0) {
                text.append(separator);
            }
            if (followsGap(i, shape[dim])) {
                text.append("...").append(separator);
            }
            append(shape, dim + 1, column + 1);
        }
        text.append(']');
    }

    private void appendRow(int size, int column) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < size; i = following(i, size)) {
            if (followsGap(i, size)) {
                cells.add(" ...");
            }
            cells.add(nextElement());
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
    private int following(int i, int size) {
        return hasGap(size) && i == EDGE - 1 ? size - EDGE : i + 1;
    }

    private boolean followsGap(int i, int size) {
        return hasGap(size) && i == size - EDGE;
    }

    private boolean hasGap(int size) {
        return summarized && size > 2 * EDGE;
    }
}
