package dev.statedict.spark;

import org.apache.spark.Partitioner;

/**
 * Gives each partition a run of blocks. The borders are multiples of a power of two, some four of which make a partition: so its blocks
 * are few complete subtrees of the tree of sums, and partitions differ by a quarter at most. A border at any block would make as many
 * sums travel as there are blocks, at worst: 60 blocks in 4 runs of 15 sent 15.
 */
final class BlockRanges extends Partitioner {
    private static final long serialVersionUID = 1;

    private final long units;
    private final long unit;
    private final int partitions;

    BlockRanges(long blocks, int partitions) {
        this.unit = Math.max(1, Long.highestOneBit(blocks / (4L * partitions)));
        this.units = (blocks + unit - 1) / unit;
        this.partitions = (int) Math.min(partitions, Math.max(1, units));
    }

    @Override
    public int numPartitions() {
        return partitions;
    }

    @Override
    public int getPartition(Object block) {
        return (int) ((Long) block / unit * partitions / units);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockRanges ranges
                && ranges.unit == unit
                && ranges.units == units
                && ranges.partitions == partitions;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(unit * 31 + units) * 31 + partitions;
    }
}
