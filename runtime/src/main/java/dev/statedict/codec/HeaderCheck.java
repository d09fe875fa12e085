package dev.statedict.codec;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a header against the rules, before anything is allocated for what it says, and also before one is written. */
final class HeaderCheck {
    private final List<Header.Block> blocks;
    /** The number of the first array of each block, and of all. */
    private final int[] firsts;
    // rows that entries have named so far
    private long named;

    private HeaderCheck(List<Header.Block> blocks) {
        this.blocks = blocks;
        this.firsts = new int[blocks.size() + 1];
    }

    static void check(Header header) throws CodecException {
        HeaderCheck check = new HeaderCheck(header.blocks());
        check.checkBlocks();
        Set<String> keys = new HashSet<>();
        for (Header.Entry entry : header.entries()) {
            if (!keys.add(entry.key())) {
                throw new CodecException("the key " + quoted(entry.key()) + " is there twice");
            }
            String problem = check.problem(entry);
            if (problem != null) {
                throw new CodecException(quoted(entry.key()) + ": " + problem);
            }
        }
        for (String key : header.notes().possibleTies()) {
            if (!keys.contains(key)) {
                throw new CodecException("there is no key " + quoted(key) + " that may be a tie");
            }
        }
    }

    private static String quoted(String key) {
        return '"' + (key.length() <= 200 ? key : key.substring(0, 200) + "...") + '"';
    }

    private void checkBlocks() throws CodecException {
        long end = 0;
        long arrays = 0;
        for (int i = 0; i < blocks.size(); i++) {
            Header.Block block = blocks.get(i);
            if (block.count() < 1 || (block.count() > 1 && block.length() < 1)) {
                throw CodecException.of(
                        "array %,d: %,d arrays of %,d elements; several have one element or more",
                        arrays, block.count(), block.length());
            }
            if ((long) block.length() * block.count() > Header.MAX_ELEMENTS) {
                throw CodecException.of(
                        "array %,d: %,d elements, of which there are at most %,d",
                        arrays, (long) block.length() * block.count(), Header.MAX_ELEMENTS);
            }
            if (block.begin() != Header.aligned(end)) {
                throw CodecException.of(
                        "array %,d: begins at %,d behind the header, expected %,d; each byte has one owner",
                        arrays, block.begin(), Header.aligned(end));
            }
            end = block.end();
            firsts[i] = (int) arrays;
            arrays += block.count();
            if (arrays > Header.MAX_ELEMENTS) {
                throw CodecException.of("%,d arrays, of which there are at most %,d", arrays, Header.MAX_ELEMENTS);
            }
        }
        firsts[blocks.size()] = (int) arrays;
    }

    /** What is wrong with an entry; null for nothing. */
    private @Nullable String problem(Header.Entry entry) {
        int arrays = firsts[blocks.size()];
        long rows = 0;
        Header.Block like = null;
        for (Header.Run run : entry.arrays()) {
            if (run.count() < 1 || run.first() > arrays - run.count()) {
                return String.format(
                        "lies on %,d arrays from number %,d on, and there are %,d", run.count(), run.first(), arrays);
            }
            named += entry.onRows() ? run.count() : 0;
            if (named > Math.max(arrays, Header.MAX_EXPANDED)) {
                return String.format(
                        "with it, entries name %,d rows, of which there are %,d; at most %,d may be named",
                        named, arrays, Header.MAX_EXPANDED);
            }
            for (int array = run.first(); array < run.first() + run.count(); ) {
                int at = blockOf(array);
                Header.Block block = blocks.get(at);
                if (block.type() != entry.type()) {
                    return String.format("is of %s and lies on an array of %s", entry.type(), block.type());
                }
                if (like != null && block.length() != like.length()) {
                    return String.format("lies on rows of %,d and of %,d elements", like.length(), block.length());
                }
                like = block;
                array = firsts[at + 1];
            }
            rows += run.count();
        }
        return layoutProblem(entry, like == null ? 0 : rows * like.length());
    }

    private int blockOf(int array) {
        int found = Arrays.binarySearch(firsts, array);
        return found >= 0 ? found : -found - 2;
    }

    private static @Nullable String layoutProblem(Header.Entry entry, long elements) {
        int[] shape = entry.shape();
        int[] strides = entry.strides();
        if (shape.length != strides.length || shape.length > Header.MAX_DIMENSIONS) {
            return String.format(
                    "has %d sizes and %d strides; there are as many of both, at most %d",
                    shape.length, strides.length, Header.MAX_DIMENSIONS);
        }
        long product = 1;
        boolean empty = false;
        for (int size : shape) {
            empty |= size == 0;
            product *= Math.max(size, 1);
            if (product > Header.MAX_ELEMENTS) {
                return String.format(
                        "shape %s asks for more than %,d elements, the most that an array of Java holds",
                        Arrays.toString(shape), Header.MAX_ELEMENTS);
            }
        }
        if (elements > Header.MAX_ELEMENTS) {
            return String.format("lies on %,d elements, of which there are at most %,d", elements, Header.MAX_ELEMENTS);
        }
        long last = entry.offset();
        for (int dim = 0; dim < shape.length; dim++) {
            // each at most an int times an int; the sizes multiply to an int, so the sum is a long
            last += Math.max(shape[dim] - 1L, 0) * strides[dim];
        }
        if (empty ? entry.offset() > 0 : last >= elements) {
            return String.format(
                    "offset %,d, shape %s and strides %s reach outside of %,d elements",
                    entry.offset(), Arrays.toString(shape), Arrays.toString(strides), elements);
        }
        if (!empty && product > elements && product > Header.MAX_EXPANDED) {
            return String.format(
                    "%,d elements are made of %,d; at most %,d may be; give contiguous() instead of an expanded view",
                    product, elements, Header.MAX_EXPANDED);
        }
        return null;
    }
}
