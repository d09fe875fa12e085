package dev.statedict.io.pickle;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one pickle of protocol 2. It knows a closed list of instructions, builds nothing but dicts, sequences and plain
 * values, leaves all names to {@link PickleGlobals}, and checks the type of whatever an instruction changes. Time and
 * memory are bounded by the length of the pickle, which is limited, as is the number of instructions.
 */
public final class Unpickler {
    private static final int MAX_INSTRUCTIONS = 10_000_000;
    private static final int MAX_NAME = 200;

    private final PickleInput input;
    private final PickleGlobals globals;
    private final List<@Nullable Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, @Nullable Object> memo = new HashMap<>();
    private long instruction;
    private Opcode opcode = Opcode.PROTO;

    private Unpickler(PickleInput input, PickleGlobals globals) {
        this.input = input;
        this.globals = globals;
    }

    /**
     * Reads the next pickle.
     *
     * @param input behind its end afterwards
     * @param globals what it may name
     * @return null for None; {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double}, {@code String},
     *     {@link PickledDict}, {@link PickledSequence}, or what the globals gave
     * @throws IOException when it cannot be read, is no pickle, or names what is not on the list
     */
    public static @Nullable Object read(PickleInput input, PickleGlobals globals) throws IOException {
        return new Unpickler(input, globals).read();
    }

    private @Nullable Object read() throws IOException {
        if (next() != Opcode.PROTO) {
            throw broken("a pickle begins with PROTO");
        }
        int protocol = input.nextByte();
        if (protocol != 2) {
            throw broken("protocol " + protocol + "; torch.save writes 2 unless told otherwise, and only that is read");
        }
        for (int count = 0; count < MAX_INSTRUCTIONS; count++) {
            if (next() == Opcode.STOP) {
                Object result = pop();
                if (!stack.isEmpty() || !marks.isEmpty()) {
                    throw broken("values are left over");
                }
                return result;
            }
            execute();
        }
        throw broken(String.format("the pickle has more than %,d instructions", MAX_INSTRUCTIONS));
    }

    private Opcode next() throws IOException {
        instruction = input.position();
        int code = input.nextByte();
        Opcode known = Opcode.of(code);
        if (known == null) {
            throw FormatException.of(
                    "pickle, offset %,d: the instruction 0x%02x is none that a state dict needs", instruction, code);
        }
        opcode = known;
        return known;
    }

    private void execute() throws IOException {
        switch (opcode) {
            case PROTO, STOP -> throw broken("it belongs elsewhere");
            case GLOBAL -> global();
            case REDUCE -> reduce();
            case BUILD -> build();
            case BINPERSID -> push(known(pop(), globals::persistent, "this persistent id"));
            case MARK -> marks.add(stack.size());
            case BINPUT -> memo.put(input.nextByte(), top());
            case LONG_BINPUT -> memo.put(input.nextInt(), top());
            case BINGET -> get(input.nextByte());
            case LONG_BINGET -> get(input.nextInt());
            case NONE -> push(null);
            case NEWTRUE -> push(true);
            case NEWFALSE -> push(false);
            case BININT -> push((long) input.nextInt());
            case BININT1 -> push((long) input.nextByte());
            case BININT2 -> push((long) input.nextShort());
            case LONG1 -> push(integer(input.nextBytes(input.nextByte())));
            case BINFLOAT -> push(input.nextBigEndianDouble());
            case BINUNICODE, BINSTRING -> push(text(Integer.toUnsignedLong(input.nextInt())));
            case SHORT_BINSTRING -> push(text(input.nextByte()));
            case EMPTY_TUPLE -> push(PickledSequence.tuple(List.of()));
            case TUPLE1 -> push(PickledSequence.tuple(popLast(1)));
            case TUPLE2 -> push(PickledSequence.tuple(popLast(2)));
            case TUPLE3 -> push(PickledSequence.tuple(popLast(3)));
            case TUPLE -> push(PickledSequence.tuple(popToMark()));
            case EMPTY_LIST -> push(PickledSequence.emptyList());
            case APPEND -> append(popLast(1));
            case APPENDS -> append(popToMark());
            case EMPTY_DICT -> push(new PickledDict());
            case SETITEM -> setItems(popLast(2));
            case SETITEMS -> setItems(popToMark());
        }
    }

    private void global() throws IOException {
        String module = line();
        String name = line();
        push(known(module, ignored -> globals.find(module, name), "the name " + module + "." + name));
    }

    private void reduce() throws IOException {
        Object arguments = pop();
        Object callable = pop();
        if (!(arguments instanceof PickledSequence sequence) || sequence.isList() || callable == null) {
            throw broken("a call needs a name and a tuple of arguments");
        }
        push(known(callable, ignored -> globals.call(callable, sequence.elements()), "a call of " + callable));
    }

    private void build() throws IOException {
        Object state = pop();
        Object target = top();
        if (!(target instanceof PickledDict dict) || !(state instanceof PickledDict attributes)) {
            throw broken("only a dict has attributes, and they are a dict");
        }
        dict.attributes(attributes);
    }

    private void append(List<@Nullable Object> elements) throws IOException {
        Object target = top();
        if (!(target instanceof PickledSequence sequence) || !sequence.isList()) {
            throw broken("its target is no list");
        }
        elements.forEach(sequence::append);
    }

    private void setItems(List<@Nullable Object> items) throws IOException {
        Object target = top();
        if (!(target instanceof PickledDict dict)) {
            throw broken("its target is no dict");
        }
        if (items.size() % 2 != 0) {
            throw broken("a key lacks its value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            try {
                dict.put(items.get(i), items.get(i + 1));
            } catch (IllegalArgumentException wrong) {
                throw broken(String.valueOf(wrong.getMessage()));
            }
        }
    }

    private void get(int index) throws IOException {
        if (!memo.containsKey(index)) {
            throw broken("nothing is memorized as " + Integer.toUnsignedString(index));
        }
        push(memo.get(index));
    }

    /** What the closed list has for something. */
    private interface Lookup {
        @Nullable
        Object find(@Nullable Object subject);
    }

    private Object known(@Nullable Object subject, Lookup lookup, String description) throws IOException {
        Object found;
        try {
            found = lookup.find(subject);
        } catch (IllegalArgumentException wrong) {
            throw broken(String.valueOf(wrong.getMessage()));
        }
        if (found == null) {
            throw broken(description + " is not among those that a checkpoint of tensors and plain values needs;"
                    + " nothing is ever executed");
        }
        return found;
    }

    private static Object integer(byte[] littleEndian) {
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < littleEndian.length; i++) {
            bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
        }
        BigInteger value = bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private String text(long length) throws IOException {
        byte[] bytes = input.nextBytes(length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw broken("the string is not UTF-8");
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = input.nextByte(); b != '\n'; b = input.nextByte()) {
            if (line.length() == MAX_NAME || b < ' ' || b > '~') {
                throw broken("no name of Python: " + Names.quote(line.toString()));
            }
            line.append((char) b);
        }
        return line.toString();
    }

    private void push(@Nullable Object value) {
        stack.add(value);
    }

    private @Nullable Object top() throws IOException {
        if (stack.size() <= floor()) {
            throw broken("there is no value for it");
        }
        return stack.get(stack.size() - 1);
    }

    private @Nullable Object pop() throws IOException {
        Object value = top();
        stack.remove(stack.size() - 1);
        return value;
    }

    private List<@Nullable Object> popLast(int count) throws IOException {
        if (stack.size() - count < floor()) {
            throw broken("there are no " + count + " values for it");
        }
        return popFrom(stack.size() - count);
    }

    private List<@Nullable Object> popToMark() throws IOException {
        if (marks.isEmpty()) {
            throw broken("there is no MARK before it");
        }
        return popFrom(marks.remove(marks.size() - 1));
    }

    private List<@Nullable Object> popFrom(int index) {
        List<@Nullable Object> top = stack.subList(index, stack.size());
        List<@Nullable Object> values = new ArrayList<>(top);
        top.clear();
        return values;
    }

    /** Values below belong to the enclosing MARK. */
    private int floor() {
        return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    }

    private FormatException broken(String problem) {
        return FormatException.of("pickle, offset %,d, %s: %s", instruction, opcode, problem);
    }
}
