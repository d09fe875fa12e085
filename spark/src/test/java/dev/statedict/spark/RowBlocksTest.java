package dev.statedict.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowBlocksTest {
    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.LongType)
            .add("x", SQLDataTypes.VectorType())
            .add("array", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("y", DataTypes.IntegerType)
            .add("w", DataTypes.DoubleType);

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(Cluster.TWO_THREADS);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static Row row(long id, double... features) {
        List<Double> array = new ArrayList<>();
        for (double feature : features) {
            array.add(feature);
        }
        return RowFactory.create(
                id,
                Vectors.dense(features),
                scala.jdk.javaapi.CollectionConverters.asScala(array),
                (int) id % 3,
                id / 2.0);
    }

    private static Dataset<Row> dataset(List<Row> rows) {
        return cluster.session.createDataFrame(rows, SCHEMA);
    }

    private static List<Row> numbered(int count) {
        List<Row> rows = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            rows.add(row(id, id, -id));
        }
        return rows;
    }

    private static List<RowBlock> collected(RowBlocks blocks) {
        List<RowBlock> collected = new ArrayList<>(blocks.rdd().collect());
        collected.sort(Comparator.comparingLong(RowBlock::index));
        return collected;
    }

    @Test
    void rowsOfADatasetAreCutIntoBlocksInTheOrderOfAColumn() {
        Dataset<Row> shuffled = dataset(numbered(23)).repartition(5);

        try (RowBlocks blocks = RowBlocks.of(
                shuffled,
                BlockOptions.defaults()
                        .withBlockRows(10)
                        .withColumns("x", "y")
                        .withWeightColumn("w")
                        .withOrderColumn("id"))) {
            assertThat(blocks.rowCount()).isEqualTo(23);
            assertThat(blocks.blockCount()).isEqualTo(3);
            assertThat(blocks.width()).isEqualTo(2);
            assertThat(blocks.warnings()).isEmpty();
            List<RowBlock> collected = collected(blocks);
            assertThat(collected).extracting(RowBlock::rows).containsExactly(10, 10, 3);
            assertThat(collected).extracting(RowBlock::firstRow).containsExactly(0L, 10L, 20L);
            RowBlock last = collected.get(2);
            assertThat(last.features().toArray()).containsExactly(20, -20, 21, -21, 22, -22);
            assertThat(last.classes(3)).containsExactly(2, 0, 1);
            assertThat(last.label(0)).isEqualTo(2);
            assertThat(last.weight(1)).isEqualTo(10.5);
            assertThat(last.totalWeight()).isEqualTo(10 + 10.5 + 11);
        }
    }

    @Test
    void featuresAreArraysTooAndStayDoublesWhereAsked() {
        List<Row> rows = List.of(row(0, 0.1, 0.2), row(1, 0.3, 0.4));

        try (RowBlocks blocks = RowBlocks.of(
                dataset(rows), BlockOptions.defaults().withColumns("array", "y").withElementType(ElementType.F64))) {
            Tensor features = collected(blocks).get(0).features();

            assertThat(features.elementType()).isEqualTo(ElementType.F64);
            assertThat(features.toDoubleArray()).containsExactly(0.1, 0.2, 0.3, 0.4);
        }
    }

    @Test
    void aSourceThatPromisesNoOrderIsWarnedOf() {
        Dataset<Row> rows = dataset(numbered(23));
        BlockOptions options = BlockOptions.defaults().withColumns("x", "y");

        try (RowBlocks inOrder = RowBlocks.of(rows, options);
                RowBlocks shuffled = RowBlocks.of(rows.repartition(3), options)) {
            assertThat(inOrder.warnings()).isEmpty();
            assertThat(shuffled.warnings())
                    .containsExactly(
                            "the rows come from a shuffle, which promises no order, and their order is part of the result:"
                                    + " another run may give other bits; name a column that orders them by BlockOptions.withOrderColumn");
        }
    }

    @Test
    void anOrderColumnThatHoldsSomethingTwiceIsNone() {
        List<Row> rows = new ArrayList<>(numbered(23));
        rows.add(row(7, 1, 1));

        assertThatThrownBy(() -> RowBlocks.of(
                        dataset(rows),
                        BlockOptions.defaults().withColumns("x", "y").withOrderColumn("id")))
                .isInstanceOf(SparkTrainingException.class)
                .hasMessage(
                        "a job failed: java.lang.IllegalArgumentException: the order column holds 7 twice, and rows that tie have no"
                                + " order; order by a column that holds nothing twice");
    }

    @Test
    void rowsOfAnotherWidthAreNamed() {
        List<Row> rows = new ArrayList<>(numbered(23));
        rows.set(17, row(17, 1, 2, 3));
        List<LabeledPoint> points = List.of(
                new LabeledPoint(0, Vectors.dense(1, 2)),
                new LabeledPoint(0, Vectors.dense(1, 2)),
                new LabeledPoint(0, Vectors.dense(1, 2, 3)));

        assertThatThrownBy(() -> RowBlocks.of(
                        dataset(rows).coalesce(1), BlockOptions.defaults().withColumns("x", "y")))
                .hasMessage(
                        "a job failed: java.lang.IllegalArgumentException: row 17 has 3 features, and rows before it have 2; rows have as"
                                + " many features each: pad or filter them (rows counted from the start of input partition 0)");
        assertThatThrownBy(() -> RowBlocks.of(cluster.context.parallelize(points, 3), BlockOptions.defaults()))
                .hasMessage(
                        "row 2 has 3 features, and rows before it have 2; rows have as many features each: pad or filter them");
    }

    @Test
    void aRowWithoutFeaturesOrWithANegativeWeightIsNamed() {
        List<Row> rows = new ArrayList<>(numbered(3));
        rows.set(1, RowFactory.create(1L, null, null, 1, -1.0));

        assertThatThrownBy(() -> RowBlocks.of(
                        dataset(rows).coalesce(1), BlockOptions.defaults().withColumns("x", "y")))
                .hasMessageContaining(
                        "row 1 of input partition 0 cannot be read, for a column is null or of another type");
        rows.set(1, RowFactory.create(1L, Vectors.dense(1, 2), null, 1, -1.0));
        assertThatThrownBy(() -> RowBlocks.of(
                        dataset(rows).coalesce(1),
                        BlockOptions.defaults().withColumns("x", "y").withWeightColumn("w")))
                .hasMessageContaining("row 1 of input partition 0 has weight -1.0; weights are 0 or more");
    }

    @Test
    void noRowsAreAnError() {
        assertThatThrownBy(() ->
                        RowBlocks.of(dataset(List.of()), BlockOptions.defaults().withColumns("x", "y")))
                .hasMessage("there are no rows to train on; look at the dataset's filters");
    }

    @Test
    void aLabelThatIsNoClassIsNamedWithItsRow() {
        SyntheticRows rows = SyntheticRows.of(100, 2);
        rows.labels()[77] = 3;
        DataParallel<Softmax> training = DataParallel.of(
                () -> new Softmax(2, 3), (model, block, gradient) -> Softmax.sum(model, block, 3, gradient));

        try (RowBlocks blocks = RowBlocks.of(
                rows.rdd(cluster.context, 3), BlockOptions.defaults().withBlockRows(10))) {
            assertThatThrownBy(() -> training.gradient(blocks, new Softmax(2, 3)))
                    .isInstanceOf(SparkTrainingException.class)
                    .hasMessage(
                            "a job failed: java.lang.IllegalArgumentException: row 77 has label 3.0, which is none of the 3 classes 0 to"
                                    + " 2; count the classes anew, or index the labels (StringIndexer)");
        }
    }

    @ParameterizedTest
    @CsvSource({"60, 4", "49, 2", "1000, 7", "64, 8", "5, 29", "1, 1"})
    void aPartitionsBlocksAreFewCompleteSubtrees(long blocks, int partitions) {
        BlockRanges ranges = new BlockRanges(blocks, partitions);
        List<FixedTree> trees = new ArrayList<>();
        for (int i = 0; i < ranges.numPartitions(); i++) {
            trees.add(new FixedTree());
        }
        int last = 0;
        for (long block = 0; block < blocks; block++) {
            int partition = ranges.getPartition(block);
            assertThat(partition).isBetween(last, last + 1);
            last = partition;
            trees.get(partition).add(new SubtreeSum(0, block, 1, 1, 1, new float[0]));
        }

        assertThat(last).isEqualTo(ranges.numPartitions() - 1);
        assertThat(trees).allSatisfy(tree -> assertThat(tree.sums()).hasSizeBetween(1, 4));
        FixedTree all = new FixedTree();
        trees.forEach(tree -> tree.sums().forEach(all::add));
        assertThat(all.total(blocks).rows).isEqualTo(blocks);
    }
}
