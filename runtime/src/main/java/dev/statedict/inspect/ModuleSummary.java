package dev.statedict.inspect;

import dev.statedict.Role;
import dev.statedict.Stateful;
import dev.statedict.tensor.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a module consists of. It prints as a table:
 *
 * <pre>{@code
 * System.out.println(ModuleSummary.of(model));
 *
 * path       class               shape     type  parameters  bytes
 *            LogisticRegression                         650  2,600
 * fc         Linear                                     650  2,600
 * fc.weight  parameter           [10, 64]  F32          640  2,560
 * fc.bias    parameter           [10]      F32           10     40
 * total: 650 parameters, 2,600 bytes
 * }</pre>
 */
public final class ModuleSummary {
    /**
     * A module, or a member of one.
     *
     * @param path its path; empty for the root
     * @param className the simple name of a module's class; what else it is: {@code parameter}, {@code buffer}, {@code counter} or
     *     {@code extra state}
     * @param shape of a member with elements; none of a module and of extra state
     * @param elementType of a member with elements
     * @param parameters how many elements of parameters are there or below; none of one that is tied to an earlier one
     * @param bytes how many bytes their elements, and those of buffers and counters, take; none of one that is tied to an earlier one
     * @param tiedTo the path of the earlier one
     */
    public record Line(
            String path,
            String className,
            Optional<List<Integer>> shape,
            Optional<ElementType> elementType,
            long parameters,
            long bytes,
            Optional<String> tiedTo) {}

    private static final List<String> HEADINGS = List.of("path", "class", "shape", "type", "parameters", "bytes");
    private static final int FIRST_NUMBER = 4;

    private final List<Line> lines;

    private ModuleSummary(List<Line> lines) {
        this.lines = lines;
    }

    /**
     * Looks at a module as it is.
     *
     * @param module the root
     * @return what it consists of
     * @throws IllegalStateException when a module contains itself, or two members share a key
     */
    public static ModuleSummary of(Stateful module) {
        return new ModuleSummary(SummaryTraversal.read(module));
    }

    /** {@return the modules and members in the order of the state dict, each module before what it consists of; unmodifiable} */
    public List<Line> lines() {
        return lines;
    }

    /** {@return how many elements all parameters have; a tie counts once} */
    public long parameters() {
        return lines.get(0).parameters();
    }

    /** {@return how many bytes the elements of parameters, buffers and counters take in memory; a tie counts once} */
    public long bytes() {
        return lines.get(0).bytes();
    }

    /** {@return the table} */
    @Override
    public String toString() {
        List<List<String>> table = new ArrayList<>();
        table.add(HEADINGS);
        lines.forEach(line -> table.add(cells(line)));
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : table) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String gap = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : "  ").append(i < FIRST_NUMBER ? row.get(i) + gap : gap + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text + String.format(Locale.ROOT, "total: %,d parameters, %,d bytes", parameters(), bytes());
    }

    private static List<String> cells(Line line) {
        return List.of(
                line.path(),
                line.className(),
                line.shape().map(List::toString).orElse(""),
                line.elementType().map(ElementType::name).orElse(""),
                line.tiedTo().map(other -> "= " + other).orElse(number(line.parameters())),
                number(line.bytes()));
    }

    /** Nothing for zero, which would stand where nothing is counted. */
    private static String number(long number) {
        return number == 0 ? "" : String.format(Locale.ROOT, "%,d", number);
    }

    /** The line of a member with elements. */
    static Line member(String path, Role role, int[] shape, ElementType type, Optional<String> tiedTo) {
        long numel = 1;
        for (int size : shape) {
            numel *= size;
        }
        long own = tiedTo.isPresent() ? 0 : numel;
        return new Line(
                path,
                role.name().toLowerCase(Locale.ROOT),
                Optional.of(Arrays.stream(shape).boxed().toList()),
                Optional.of(type),
                role == Role.PARAMETER ? own : 0,
                own * bytes(type),
                tiedTo);
    }

    private static int bytes(ElementType type) {
        return switch (type) {
            case F64, I64 -> Long.BYTES;
            case F32, I32 -> Integer.BYTES;
            case BOOL -> 1;
        };
    }
}
