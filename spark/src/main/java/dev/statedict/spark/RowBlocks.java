package dev.statedict.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.rdd.DeterministicLevel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows on a cluster as blocks of a fixed size, in the order of the rows: what training reads. They are made once, kept in the executors'
 * memory, and on disk where that does not suffice, until this is closed.
 *
 * <p>Rows are packed where they lie, and only runs of rows move, so that 200,000 rows of 64 features take about a second on two cores,
 * where grouping row by row takes eight.
 *
 * <pre>{@code
 * try (RowBlocks blocks = RowBlocks.of(dataset, BlockOptions.defaults().withOrderColumn("id"))) {
 *   training.step(blocks, model, optimizer);
 * }
 * }</pre>
 */
public final class RowBlocks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RowBlocks.class);

    private final JavaSparkContext context;
    private final JavaRDD<RowBlock> rdd;
    private final long rowCount;
    private final long blockCount;
    private final int width;
    private final List<String> warnings;

    private RowBlocks(
            JavaSparkContext context,
            JavaRDD<RowBlock> rdd,
            long rowCount,
            long blockCount,
            int width,
            List<String> warnings) {
        this.context = context;
        this.rdd = rdd;
        this.rowCount = rowCount;
        this.blockCount = blockCount;
        this.width = width;
        this.warnings = warnings;
    }

    /**
     * The rows of a dataset.
     *
     * @param dataset with the columns that the options name
     * @param options size of blocks, columns, order
     * @return to be closed
     * @throws SparkTrainingException when there are no rows, a row cannot be read, rows differ in width, or the order column holds a
     *     value twice
     */
    public static RowBlocks of(Dataset<Row> dataset, BlockOptions options) {
        List<String> columns = new ArrayList<>(List.of(options.features(), options.label()));
        options.weight().ifPresent(columns::add);
        options.order().ifPresent(columns::add);
        Dataset<Row> selected =
                dataset.select(columns.stream().map(dataset::col).toArray(Column[]::new));
        Dataset<Row> sorted =
                options.order().map(order -> selected.orderBy(order)).orElse(selected);
        JavaRDD<Row> rows = sorted.javaRDD();
        List<String> warnings = new ArrayList<>();
        if (options.order().isEmpty()
                && sorted.queryExecution().executedPlan().outputOrdering().isEmpty()
                && !isInOrder(rows)) {
            warnings.add(
                    "the rows come from a shuffle, which promises no order, and their order is part of the result: another run may"
                            + " give other bits; name a column that orders them by BlockOptions.withOrderColumn");
        }
        return pack(
                rows.mapPartitionsWithIndex(
                        new RowPacking<>(
                                new RowPacking.Columns(
                                        options.weight().isPresent(),
                                        options.order().isPresent()),
                                options.blockRows(),
                                options.elementType()),
                        false),
                options,
                warnings);
    }

    /**
     * The rows of an RDD, in the order of its partitions.
     *
     * @param rows features and labels
     * @param options size of blocks; the columns do not count
     * @return to be closed
     * @throws SparkTrainingException when there are no rows, or rows differ in width
     */
    public static RowBlocks of(JavaRDD<LabeledPoint> rows, BlockOptions options) {
        List<String> warnings = new ArrayList<>();
        if (!isInOrder(rows)) {
            warnings.add(
                    "the rows come from a shuffle, which promises no order, and their order is part of the result: another run may"
                            + " give other bits; sort the RDD");
        }
        return pack(
                rows.mapPartitionsWithIndex(
                        new RowPacking<>(new RowPacking.Points(), options.blockRows(), options.elementType()), false),
                options,
                warnings);
    }

    private static boolean isInOrder(JavaRDD<?> rows) {
        return rows.rdd().outputDeterministicLevel() == DeterministicLevel.DETERMINATE();
    }

    private static RowBlocks pack(JavaRDD<RowFragment> lazy, BlockOptions options, List<String> warnings) {
        warnings.forEach(LOG::warn);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(lazy.context());
        JavaRDD<RowFragment> packed = lazy.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            InputRows input = InputRows.of(
                    packed.mapPartitionsWithIndex(new InputRows.Count(), false).collect());
            long blockCount = (input.rowCount() + options.blockRows() - 1) / options.blockRows();
            BlockRanges ranges = new BlockRanges(
                    blockCount, options.partitions(Math.max(packed.getNumPartitions(), context.defaultParallelism())));
            JavaRDD<RowBlock> rdd = JavaPairRDD.fromJavaRDD(
                            packed.mapPartitionsWithIndex(new BlockCutting(input.starts(), options.blockRows()), false))
                    .partitionBy(ranges)
                    .mapPartitions(new BlockAssembly(input.rowCount(), options.blockRows()), true)
                    .persist(StorageLevel.MEMORY_AND_DISK());
            rdd.count();
            return new RowBlocks(context, rdd, input.rowCount(), blockCount, input.width(), List.copyOf(warnings));
        } catch (Exception e) {
            throw SparkFailures.explained(e);
        } finally {
            packed.unpersist(false);
        }
    }

    /** Where the input partitions begin among all rows. */
    private record InputRows(long[] starts, long rowCount, int width) {
        static InputRows of(List<long[]> fragments) {
            long[] counts = new long
                    [fragments.stream()
                            .mapToInt(fragment -> (int) fragment[0] + 1)
                            .max()
                            .orElseThrow(() -> new SparkTrainingException(
                                    "there are no rows to train on; look at the dataset's filters",
                                    new IllegalArgumentException()))];
            for (long[] fragment : fragments) {
                counts[(int) fragment[0]] += fragment[1];
            }
            long[] starts = new long[counts.length];
            long rowCount = 0;
            for (int partition = 0; partition < counts.length; partition++) {
                starts[partition] = rowCount;
                rowCount += counts[partition];
            }
            int width = (int) fragments.get(0)[2];
            for (long[] fragment : fragments) {
                if (fragment[2] != width) {
                    throw new SparkTrainingException(
                            RowPacking.otherWidth(starts[(int) fragment[0]], (int) fragment[2], width),
                            new IllegalArgumentException());
                }
            }
            return new InputRows(starts, rowCount, width);
        }

        /** Of each fragment: its input partition, its rows, its width. */
        private static final class Count
                implements org.apache.spark.api.java.function.Function2<
                        Integer, java.util.Iterator<RowFragment>, java.util.Iterator<long[]>> {
            private static final long serialVersionUID = 1;

            @Override
            public java.util.Iterator<long[]> call(Integer partition, java.util.Iterator<RowFragment> fragments) {
                List<long[]> counts = new ArrayList<>();
                fragments.forEachRemaining(
                        fragment -> counts.add(new long[] {partition, fragment.rows, fragment.width}));
                return counts.iterator();
            }
        }
    }

    JavaSparkContext context() {
        return context;
    }

    /**
     * The blocks.
     *
     * @return each block once, in runs of neighbours; not to be written
     */
    public JavaRDD<RowBlock> rdd() {
        return rdd;
    }

    /**
     * How many rows there are.
     *
     * @return 1 or more
     */
    public long rowCount() {
        return rowCount;
    }

    /**
     * How many blocks there are.
     *
     * @return 1 or more
     */
    public long blockCount() {
        return blockCount;
    }

    /**
     * How many features a row has.
     *
     * @return the width
     */
    public int width() {
        return width;
    }

    /**
     * Why another run might give another result. They were logged, too.
     *
     * @return mostly nothing
     */
    public List<String> warnings() {
        return warnings;
    }

    /** Lets the executors forget the blocks. */
    @Override
    public void close() {
        rdd.unpersist(false);
    }
}
