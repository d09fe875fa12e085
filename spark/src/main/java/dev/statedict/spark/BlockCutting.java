package dev.statedict.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import scala.Tuple2;

/** Cuts the rows of an input partition where blocks begin. */
final class BlockCutting implements Function2<Integer, Iterator<RowFragment>, Iterator<Tuple2<Long, RowFragment>>> {
    private static final long serialVersionUID = 1;

    /** Where each input partition begins among all rows. */
    private final long[] starts;

    private final int blockRows;

    BlockCutting(long[] starts, int blockRows) {
        this.starts = starts;
        this.blockRows = blockRows;
    }

    @Override
    public Iterator<Tuple2<Long, RowFragment>> call(Integer partition, Iterator<RowFragment> fragments) {
        List<Tuple2<Long, RowFragment>> parts = new ArrayList<>();
        while (fragments.hasNext()) {
            RowFragment fragment = fragments.next();
            long first = starts[partition] + fragment.firstRow;
            int from = 0;
            while (from < fragment.rows) {
                long block = (first + from) / blockRows;
                int to = (int) Math.min(fragment.rows, (block + 1) * blockRows - first);
                parts.add(new Tuple2<>(block, fragment.cut(from, to, first + from)));
                from = to;
            }
        }
        return parts.iterator();
    }
}
