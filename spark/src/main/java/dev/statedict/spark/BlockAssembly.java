package dev.statedict.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Puts the blocks of a partition together from the runs of rows that came for them. */
final class BlockAssembly implements FlatMapFunction<Iterator<Tuple2<Long, RowFragment>>, RowBlock> {
    private static final long serialVersionUID = 1;

    private final long rowCount;
    private final int blockRows;

    BlockAssembly(long rowCount, int blockRows) {
        this.rowCount = rowCount;
        this.blockRows = blockRows;
    }

    @Override
    public Iterator<RowBlock> call(Iterator<Tuple2<Long, RowFragment>> parts) {
        Map<Long, List<RowFragment>> byBlock = new TreeMap<>();
        parts.forEachRemaining(part ->
                byBlock.computeIfAbsent(part._1(), block -> new ArrayList<>()).add(part._2()));
        List<RowBlock> blocks = new ArrayList<>();
        byBlock.forEach((block, fragments) -> blocks.add(assemble(block, fragments)));
        return blocks.iterator();
    }

    private RowBlock assemble(long block, List<RowFragment> fragments) {
        fragments.sort(Comparator.comparingLong(fragment -> fragment.firstRow));
        long first = block * blockRows;
        int rows = (int) Math.min(blockRows, rowCount - first);
        RowFragment some = fragments.get(0);
        int width = some.width;
        Serializable features = some.features instanceof float[] ? new float[rows * width] : new double[rows * width];
        double[] labels = new double[rows];
        double @Nullable [] weights = some.weights == null ? null : new double[rows];
        long next = first;
        for (RowFragment fragment : fragments) {
            if (fragment.firstRow != next || fragment.firstRow + fragment.rows > first + rows) {
                throw otherRows(block);
            }
            int at = (int) (next - first);
            System.arraycopy(fragment.features, 0, features, at * width, fragment.rows * width);
            System.arraycopy(fragment.labels, 0, labels, at, fragment.rows);
            if (weights != null && fragment.weights != null) {
                System.arraycopy(fragment.weights, 0, weights, at, fragment.rows);
            }
            next += fragment.rows;
        }
        if (next != first + rows) {
            throw otherRows(block);
        }
        return new RowBlock(block, first, rows, width, features, labels, weights);
    }

    private static IllegalStateException otherRows(long block) {
        return new IllegalStateException("the source gave other rows when block " + block
                + " was made than when rows were counted, so it cannot be computed again; write the rows to files, or order them by"
                + " BlockOptions.withOrderColumn");
    }
}
