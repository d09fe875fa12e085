package dev.statedict.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A dict laid out as bytes: each array once, of it what entries cover, of rows all. Arrays that come one behind the other as
 * the rows of an entry lie in one block.
 */
public final class Encoder {
    /** What is copied at a time. */
    private static final int CHUNK_BYTES = 1 << 16;

    /**
     * Arrays of which the same part is written.
     *
     * @param block where
     * @param arrays the very arrays, or what stands for them, as many as the block counts
     * @param start the index of the first element that is written of each
     */
    public record Part(Header.Block block, List<Object> arrays, int start) {}

    /** What of an array is written. */
    private static final class Span {
        private final ArrayType type;
        private int start = Integer.MAX_VALUE;
        private int end;
        /** The rows among which it came first; itself where it came by itself. */
        private final Object group;

        private int number;

        Span(ArrayType type, Object group) {
            this.type = type;
            this.group = group;
        }

        void cover(long from, long to) {
            start = (int) Math.min(start, from);
            end = (int) Math.max(end, to);
        }

        int first() {
            return Math.min(start, end);
        }

        int length() {
            return end - first();
        }

        boolean continues(Span other) {
            return group == other.group && type == other.type && length() == other.length() && length() > 0;
        }
    }

    private final Map<Object, Span> spans = new IdentityHashMap<>();
    private final List<Object> arrays = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final Header header;

    private Encoder(CodedDict dict) {
        dict.entries().forEach(entry -> cover(entry.tensor()));
        lay();
        List<Header.Block> blocks = parts.stream().map(Part::block).toList();
        header = new Header(blocks, dict.entries().stream().map(this::entry).toList(), dict.notes());
    }

    /**
     * Lays a dict out. Nothing of its elements is read.
     *
     * @param dict the dict
     * @return its layout
     * @throws IllegalArgumentException when the format does not express it: more than 64 dimensions, or very many elements
     *     made of few by a stride of 0
     */
    public static Encoder of(CodedDict dict) {
        Encoder encoder = new Encoder(dict);
        try {
            HeaderCheck.check(encoder.header);
        } catch (CodecException refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
        return encoder;
    }

    private void cover(CodedTensor tensor) {
        for (Object array : tensor.arrays()) {
            Object group = tensor.onRows() ? tensor.arrays() : array;
            Span span = spans.computeIfAbsent(array, key -> {
                arrays.add(key);
                return new Span(tensor.type(), group);
            });
            if (tensor.onRows()) {
                span.cover(0, tensor.rowLength());
            } else if (tensor.numel() > 0) {
                span.cover(tensor.offset(), tensor.end());
            }
        }
    }

    private Span span(Object array) {
        return Objects.requireNonNull(spans.get(array));
    }

    private void lay() {
        long end = 0;
        for (int at = 0; at < arrays.size(); ) {
            Span first = span(arrays.get(at));
            int next = at + 1;
            while (next < arrays.size() && span(arrays.get(next)).continues(first)) {
                next++;
            }
            for (int i = at; i < next; i++) {
                span(arrays.get(i)).number = i;
            }
            Header.Block block = new Header.Block(first.type, first.length(), next - at, Header.aligned(end));
            parts.add(new Part(block, arrays.subList(at, next), first.first()));
            end = block.end();
            at = next;
        }
    }

    private Header.Entry entry(CodedEntry entry) {
        CodedTensor tensor = entry.tensor();
        int offset = 0;
        if (tensor.numel() > 0) {
            offset = tensor.offset()
                    - (tensor.onRows() ? 0 : span(tensor.arrays()[0]).first());
        }
        String storedType = tensor.type().name().equals(entry.storedType()) ? null : entry.storedType();
        return new Header.Entry(
                entry.key(),
                tensor.type(),
                tensor.onRows(),
                runs(tensor.arrays()),
                offset,
                tensor.shape(),
                tensor.strides(),
                entry.role(),
                storedType);
    }

    private List<Header.Run> runs(Object[] tensorArrays) {
        List<Header.Run> runs = new ArrayList<>();
        for (int i = 0; i < tensorArrays.length; ) {
            int first = span(tensorArrays[i]).number;
            int count = 1;
            while (i + count < tensorArrays.length && span(tensorArrays[i + count]).number == first + count) {
                count++;
            }
            runs.add(new Header.Run(first, count));
            i += count;
        }
        return runs;
    }

    /** {@return what stands before the elements} */
    public Header header() {
        return header;
    }

    /** {@return the arrays in the order of the blocks} */
    public List<Part> parts() {
        return parts;
    }

    /**
     * Writes everything, through a buffer of its own. Nothing stands for an array.
     *
     * @param out not closed
     * @throws IOException when it takes no more
     */
    public void writeTo(OutputStream out) throws IOException {
        out.write(header.toBytes());
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long end = 0;
        for (Part part : parts) {
            out.write(new byte[(int) (part.block.begin() - end)]);
            ArrayType type = part.block.type();
            for (Object array : part.arrays) {
                for (int done = 0; done < part.block.length(); ) {
                    int count = Math.min(part.block.length() - done, CHUNK_BYTES / type.size());
                    type.encode(array, part.start + done, count, chunk);
                    out.write(chunk.array(), 0, count * type.size());
                    done += count;
                }
            }
            end = part.block.end();
        }
    }
}
