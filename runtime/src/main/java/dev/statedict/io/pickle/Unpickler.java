package dev.statedict.io.pickle;

import dev.statedict.io.file.FormatException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one pickle of protocol 2 or 3, as PyTorch's own restricted reader does. It knows a closed list of instructions, builds nothing but dicts, sequences and plain
 * values, leaves all names to {@link PickleGlobals}, lets a {@link ForeignObject} stand for what that does not know, and
 * checks the type of whatever an instruction changes. Time and memory are bounded by the length of the pickle, which is
 * limited, as is the number of instructions.
 */
public final class Unpickler {
    private static final int MAX_INSTRUCTIONS = 10_000_000;
    private static final int MAX_PROTOCOL = 5;

    /** Of later protocols PyTorch's restricted reader reads what has no instruction that is new in them, which is rare. */
    private static final int PYTORCH_PROTOCOL = 3;

    /** What a dict, list or tuple takes in memory: alone, with a first element, and a dict with a first item. */
    private static final int EMPTY = 24;

    private static final int ELEMENTS = 48;
    private static final int ITEMS = 144;

    /** How much of that a small pickle may take, and how much more for each of its bytes. */
    private static final long MEMORY = 30_000_000;

    private static final long MEMORY_PER_BYTE = 12;

    private final PickleInput input;
    private final PlainInput values;
    private final PickleGlobals globals;
    private final PickleStack stack = new PickleStack();
    private final Map<Integer, @Nullable Object> memo = new HashMap<>();
    private final long start;
    private int protocol;
    private long memory;
    private long instruction;
    private Opcode opcode = Opcode.PROTO;

    private Unpickler(PickleInput input, PickleGlobals globals) {
        this.input = input;
        this.values = new PlainInput(input);
        this.globals = globals;
        this.start = input.position();
    }

    /**
     * Reads the next pickle.
     *
     * @param input behind its end afterwards
     * @param globals what it may name
     * @return null for None; {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double}, {@code String},
     *     read-only {@code ByteBuffer}, {@link PickledDict}, {@link PickledSequence}, {@link ForeignObject}, or what the
     *     globals gave
     * @throws IOException when it cannot be read, or is no pickle
     */
    public static @Nullable Object read(PickleInput input, PickleGlobals globals) throws IOException {
        return new Unpickler(input, globals).read();
    }

    private @Nullable Object read() throws IOException {
        try {
            begin();
            for (int count = 0; count < MAX_INSTRUCTIONS; count++) {
                if (next() == Opcode.STOP) {
                    return end();
                }
                execute();
            }
        } catch (IllegalArgumentException wrong) {
            throw FormatException.of(
                    "pickle, offset %,d, %s: %s", instruction, opcode, String.valueOf(wrong.getMessage()));
        }
        throw FormatException.of(
                "pickle, offset %,d: the pickle has more than %,d instructions", instruction, MAX_INSTRUCTIONS);
    }

    private void begin() throws IOException {
        if (next() != Opcode.PROTO) {
            throw new IllegalArgumentException("a pickle begins with PROTO");
        }
        protocol = input.nextByte();
        if (protocol < 2 || protocol > MAX_PROTOCOL) {
            throw new IllegalArgumentException(
                    "protocol " + protocol + " is none that torch.save writes, which are 2 to " + MAX_PROTOCOL);
        }
    }

    private @Nullable Object end() {
        Object result = stack.pop();
        if (!stack.isEmpty()) {
            throw new IllegalArgumentException("values are left over");
        }
        return result;
    }

    private Opcode next() throws IOException {
        instruction = input.position();
        int code = input.nextByte();
        Opcode known = Opcode.of(code);
        if (known == null) {
            throw FormatException.of(
                    protocol > PYTORCH_PROTOCOL
                            ? "pickle, offset %,d: the instruction 0x%02x of protocol %d, in which PyTorch itself reads no"
                                    + " file by weights_only=True; save again without pickle_protocol"
                            : "pickle, offset %,d: the instruction 0x%02x is none that a state dict needs",
                    instruction,
                    code,
                    protocol);
        }
        opcode = known;
        return known;
    }

    private void execute() throws IOException {
        switch (opcode) {
            case PROTO, STOP -> throw new IllegalArgumentException("it belongs elsewhere");
            case GLOBAL -> global();
            case REDUCE -> reduce();
            case BUILD -> build();
            case NEWOBJ -> reduce();
            case BINPERSID -> persistent();
            case MARK -> stack.mark();
            case POP -> stack.pop();
            case POP_MARK -> stack.popToMark();
            case BINPUT -> memo.put(input.nextByte(), stack.top());
            case LONG_BINPUT -> memo.put(input.nextInt(), stack.top());
            case BINGET -> get(input.nextByte());
            case LONG_BINGET -> get(input.nextInt());
            case NONE -> stack.push(null);
            case NEWTRUE -> stack.push(true);
            case NEWFALSE -> stack.push(false);
            case BININT -> stack.push((long) input.nextInt());
            case BININT1 -> stack.push((long) input.nextByte());
            case BININT2 -> stack.push((long) input.nextShort());
            case LONG1 -> stack.push(values.integer(input.nextByte()));
            case LONG4 -> stack.push(values.integer(values.length()));
            case BINFLOAT -> stack.push(input.nextBigEndianDouble());
            case BINUNICODE -> stack.push(values.text(values.length()));
            case BINSTRING -> stack.push(values.string(values.length()));
            case SHORT_BINSTRING -> stack.push(values.string(input.nextByte()));
            case BINBYTES -> stack.push(values.bytes(values.length()));
            case SHORT_BINBYTES -> stack.push(values.bytes(input.nextByte()));
            case EMPTY_TUPLE -> stack.push(PickledSequence.EMPTY_TUPLE);
            case TUPLE1 -> push(EMPTY + ELEMENTS, PickledSequence.tuple(stack.popLast(1)));
            case TUPLE2 -> push(EMPTY + ELEMENTS, PickledSequence.tuple(stack.popLast(2)));
            case TUPLE3 -> push(EMPTY + ELEMENTS, PickledSequence.tuple(stack.popLast(3)));
            case TUPLE -> push(EMPTY + ELEMENTS, PickledSequence.tuple(stack.popToMark()));
            case EMPTY_LIST -> push(EMPTY, PickledSequence.emptyList());
            case APPEND -> append(stack.popLast(1));
            case APPENDS -> append(stack.popToMark());
            case EMPTY_DICT -> push(EMPTY, new PickledDict());
            case SETITEM -> setItems(stack.popLast(2));
            case SETITEMS -> setItems(stack.popToMark());
        }
    }

    private void push(int bytes, Object container) {
        take(bytes);
        stack.push(container);
    }

    /** Counts memory of dicts, lists and tuples, of which a byte or two make one. */
    private void take(int bytes) {
        memory += bytes;
        long length = input.position() - start;
        if (memory > MEMORY + MEMORY_PER_BYTE * length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "dicts, lists and tuples take %,d bytes of memory, too many for the %,d of the pickle so far",
                    memory,
                    length));
        }
    }

    private void global() throws IOException {
        String module = values.name();
        String name = values.name();
        Object found = globals.find(module, name);
        stack.push(found == null ? new ForeignObject(module + "." + name) : found);
    }

    private void reduce() {
        Object arguments = stack.pop();
        Object callable = stack.pop();
        if (!(arguments instanceof PickledSequence sequence) || sequence.isList() || callable == null) {
            throw new IllegalArgumentException("a call needs a name and a tuple of arguments");
        }
        if (callable instanceof ForeignObject foreign) {
            stack.push(foreign.made(sequence.elements()));
        } else {
            stack.push(known(globals.call(callable, sequence.elements()), "a call of " + callable));
        }
    }

    private void persistent() {
        stack.push(known(globals.persistent(stack.pop()), "this persistent id"));
    }

    private void build() {
        Object state = stack.pop();
        Object target = stack.top();
        if (target instanceof ForeignObject foreign) {
            foreign.build(state);
            return;
        }
        if (!(target instanceof PickledDict dict) || !(state instanceof PickledDict attributes)) {
            throw new IllegalArgumentException("only a dict has attributes, and they are a dict");
        }
        dict.attributes(attributes);
    }

    private void append(List<@Nullable Object> elements) {
        Object target = stack.top();
        if (target instanceof ForeignObject) {
            return;
        }
        if (!(target instanceof PickledSequence sequence) || !sequence.isList()) {
            throw new IllegalArgumentException("its target is no list");
        }
        take(sequence.elements().isEmpty() ? ELEMENTS : 0);
        elements.forEach(sequence::append);
    }

    private void setItems(List<@Nullable Object> items) {
        Object target = stack.top();
        if (target instanceof ForeignObject) {
            return;
        }
        if (!(target instanceof PickledDict dict)) {
            throw new IllegalArgumentException("its target is no dict");
        }
        if (items.size() % 2 != 0) {
            throw new IllegalArgumentException("a key lacks its value");
        }
        take(dict.items().isEmpty() ? ITEMS : 0);
        for (int i = 0; i < items.size(); i += 2) {
            dict.put(items.get(i), items.get(i + 1));
        }
    }

    private void get(int index) {
        if (!memo.containsKey(index)) {
            throw new IllegalArgumentException("nothing is memorized as " + Integer.toUnsignedString(index));
        }
        stack.push(memo.get(index));
    }

    private static Object known(@Nullable Object found, String description) {
        if (found == null) {
            throw new IllegalArgumentException(
                    description + " is not among those that a checkpoint of tensors and plain values needs;"
                            + " nothing is ever executed");
        }
        return found;
    }
}
