package dev.statedict.spark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up sums of blocks along a tree that depends on nothing but the number of blocks. It holds the sums of the largest complete
 * subtrees known so far: two siblings become their parent at once. So whatever comes when and from where, the same two numbers are
 * added at each node, and floating-point sums come out the same to the last bit.
 */
final class FixedTree {
    private final Map<Node, SubtreeSum> sums = new HashMap<>();

    private record Node(int level, long index) {}

    void add(SubtreeSum added) {
        SubtreeSum sum = added;
        SubtreeSum sibling = sums.remove(new Node(sum.level, sum.index ^ 1));
        while (sibling != null) {
            sum = sum.isLeft() ? sum.plus(sibling, sum.level + 1) : sibling.plus(sum, sum.level + 1);
            sibling = sums.remove(new Node(sum.level, sum.index ^ 1));
        }
        if (sums.put(new Node(sum.level, sum.index), sum) != null) {
            throw new IllegalStateException("block " + (sum.index << sum.level) + " came twice");
        }
    }

    /** What is to travel: few sums, where the blocks were neighbours. */
    Collection<SubtreeSum> sums() {
        return sums.values();
    }

    /** The sum over all blocks: where their number is no power of two, the complete subtrees are added from the right. */
    SubtreeSum total(long blockCount) {
        List<SubtreeSum> fromTheRight = new ArrayList<>(sums.values());
        fromTheRight.sort(Comparator.comparingLong((SubtreeSum sum) -> sum.index << sum.level)
                .reversed());
        long end = blockCount;
        for (SubtreeSum sum : fromTheRight) {
            end -= 1L << sum.level;
            if (sum.index << sum.level != end) {
                throw new IllegalStateException("the sums do not cover the blocks below " + (end + (1L << sum.level)));
            }
        }
        if (end != 0) {
            throw new IllegalStateException("there are no sums of the blocks below " + end);
        }
        SubtreeSum total = fromTheRight.get(0);
        for (SubtreeSum left : fromTheRight.subList(1, fromTheRight.size())) {
            total = left.plus(total, left.level + 1);
        }
        return total;
    }
}
