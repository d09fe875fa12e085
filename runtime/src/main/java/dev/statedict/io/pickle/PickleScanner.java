package dev.statedict.io.pickle;

import dev.statedict.io.file.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Follows a pickle of any protocol without building anything, and notes which names it looks up and calls. Unlike {@link
 * Unpickler} it knows every instruction, and goes on where a value makes no sense: a hostile pickle runs its call first and
 * breaks afterwards. The instructions are those of Python's {@code pickletools}.
 */
public final class PickleScanner {
    private static final int MAX_INSTRUCTIONS = 10_000_000;

    /** How long the arguments of a call may get in a report. */
    private static final int SHOWN = 120;

    /** What a value is of which nothing need be known. */
    private static final Shown SOMETHING = new Shown("...");

    private static final Object MARK = new Object();

    /** A value as a report shows it. Strings and names stand on the stack as themselves. */
    private record Shown(String text) {}

    private final ScanInput input;
    private final List<ScannedGlobal> found;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private long instruction;

    private PickleScanner(ScanInput input, List<ScannedGlobal> found) {
        this.input = input;
        this.found = found;
    }

    /**
     * Scans the next pickle.
     *
     * @param input behind its end afterwards
     * @param found is given what it names, in order, also where the pickle breaks
     * @throws FormatException when it breaks; what it named before that, Python would have run
     * @throws IOException when it cannot be read
     */
    public static void scan(ScanInput input, List<ScannedGlobal> found) throws IOException {
        new PickleScanner(input, found).scan();
    }

    private void scan() throws IOException {
        for (int count = 0; count < MAX_INSTRUCTIONS; count++) {
            instruction = input.position();
            int code = input.nextByte();
            if (code == '.') {
                return;
            }
            execute(code);
        }
        throw FormatException.of("it has more than %,d instructions", MAX_INSTRUCTIONS);
    }

    private void execute(int code) throws IOException {
        switch (code) {
            // what names
            case 'c' -> push(global(input.nextLine(), input.nextLine()));
            case 0x93 -> stackGlobal();
            case 'i' -> {
                ScannedGlobal named = global(input.nextLine(), input.nextLine());
                named.called(tuple(popToMark()));
                push(SOMETHING);
            }
            case 0x82 -> extension(1);
            case 0x83 -> extension(2);
            case 0x84 -> extension(4);
            // what calls
            case 'R', 0x81 -> {
                Object arguments = pop();
                call(pop(), show(arguments));
            }
            case 0x92 -> {
                Object named = pop();
                Object arguments = pop();
                call(pop(), "(*" + show(arguments) + ", **" + show(named) + ")");
            }
            case 'o' -> {
                List<Object> values = popToMark();
                call(
                        values.isEmpty() ? SOMETHING : values.get(0),
                        tuple(values.subList(Math.min(1, values.size()), values.size())));
            }
            // strings and bytes
            case 'S' -> push(unquoted(input.nextLine()));
            case 'V' -> push(input.nextLine());
            case 'U', 0x8c -> push(input.nextText(input.nextNumber(1)));
            case 'T', 'X' -> push(input.nextText(input.nextNumber(4)));
            case 0x8d -> push(input.nextText(input.nextNumber(8)));
            case 'C' -> push(bytes(1));
            case 'B' -> push(bytes(4));
            case 0x8e, 0x96 -> push(bytes(8));
            // numbers and constants
            case 'I', 'L', 'F' -> push(new Shown(input.nextLine()));
            case 'K' -> push(new Shown(Long.toString(input.nextNumber(1))));
            case 'M' -> push(new Shown(Long.toString(input.nextNumber(2))));
            case 'J' -> push(new Shown(Integer.toString((int) input.nextNumber(4))));
            case 'G' ->
                push(new Shown(Double.toString(Double.longBitsToDouble(Long.reverseBytes(input.nextNumber(8))))));
            case 0x8a -> push(integer(1));
            case 0x8b -> push(integer(4));
            case 'N' -> push(new Shown("None"));
            case 0x88 -> push(new Shown("True"));
            case 0x89 -> push(new Shown("False"));
            // containers
            case '(' -> push(MARK);
            case ')' -> push(new Shown("()"));
            case 0x85 -> push(new Shown(tuple(popLast(1))));
            case 0x86 -> push(new Shown(tuple(popLast(2))));
            case 0x87 -> push(new Shown(tuple(popLast(3))));
            case 't' -> push(new Shown(tuple(popToMark())));
            case ']', '}', 0x8f, 0x97 -> push(SOMETHING);
            case 'l', 'd', 0x91 -> {
                popToMark();
                push(SOMETHING);
            }
            case 'a', 'b' -> pop();
            case 's' -> popLast(2);
            case 'e', 'u', 0x90 -> popToMark();
            // stack and memo
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> push(top());
            case 'p' -> memo.put(index(), top());
            case 'q' -> memo.put(input.nextNumber(1), top());
            case 'r' -> memo.put(input.nextNumber(4), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'g' -> push(memo.getOrDefault(index(), SOMETHING));
            case 'h' -> push(memo.getOrDefault(input.nextNumber(1), SOMETHING));
            case 'j' -> push(memo.getOrDefault(input.nextNumber(4), SOMETHING));
            // what lies outside, and what means nothing here
            case 'P' -> {
                input.nextLine();
                push(SOMETHING);
            }
            case 'Q' -> {
                pop();
                push(SOMETHING);
            }
            case 0x80 -> input.nextNumber(1);
            case 0x95 -> input.nextNumber(8);
            case 0x98 -> {}
            default -> throw FormatException.of("offset %,d holds 0x%02x, which is no instruction", instruction, code);
        }
    }

    private ScannedGlobal global(String module, String name) {
        ScannedGlobal named = new ScannedGlobal(instruction, module, name);
        found.add(named);
        return named;
    }

    private void stackGlobal() {
        Object name = pop();
        Object module = pop();
        push(global(module instanceof String text ? text : "?", name instanceof String text ? text : "?"));
    }

    /** A number that a registry of the running Python turns into a name. */
    private void extension(int bytes) throws IOException {
        push(global("copyreg", "extension " + input.nextNumber(bytes)));
    }

    private void call(Object callable, String arguments) {
        if (callable instanceof ScannedGlobal named) {
            named.called(arguments);
        }
        push(SOMETHING);
    }

    private long index() throws IOException {
        String line = input.nextLine();
        try {
            return Long.parseLong(line.strip());
        } catch (NumberFormatException wrong) {
            throw FormatException.of("offset %,d names a place in the memo that is no number", instruction);
        }
    }

    private Shown bytes(int sizeOfLength) throws IOException {
        return new Shown("b" + show(input.nextText(input.nextNumber(sizeOfLength))));
    }

    private Shown integer(int sizeOfLength) throws IOException {
        long length = input.nextNumber(sizeOfLength);
        if (length <= Long.BYTES) {
            long value = input.nextNumber((int) length);
            int unused = Long.SIZE - 8 * (int) length;
            return new Shown(Long.toString(length == 0 ? 0 : value << unused >> unused));
        }
        input.nextText(length);
        return SOMETHING;
    }

    private static String unquoted(String line) {
        return line.length() >= 2 ? line.substring(1, line.length() - 1) : line;
    }

    private static String show(Object value) {
        if (value instanceof String text) {
            return '\'' + cut(text) + '\'';
        }
        return value instanceof Shown shown ? shown.text : value == MARK ? "?" : value.toString();
    }

    private static String tuple(List<Object> values) {
        StringJoiner joiner = new StringJoiner(", ", "(", values.size() == 1 ? ",)" : ")");
        for (Object value : values) {
            joiner.add(show(value));
            if (joiner.length() > SHOWN) {
                break;
            }
        }
        return cut(joiner.toString());
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        return stack.isEmpty() ? SOMETHING : stack.get(stack.size() - 1);
    }

    private Object pop() {
        return stack.isEmpty() ? SOMETHING : stack.remove(stack.size() - 1);
    }

    private List<Object> popLast(int count) {
        List<Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(pop());
        }
        Collections.reverse(values);
        return values;
    }

    private List<Object> popToMark() {
        int mark = stack.lastIndexOf(MARK);
        List<Object> above = stack.subList(mark + 1, stack.size());
        List<Object> values = new ArrayList<>(above);
        above.clear();
        if (mark >= 0) {
            stack.remove(mark);
        }
        return values;
    }
}
