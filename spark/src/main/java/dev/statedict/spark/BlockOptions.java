package dev.statedict.spark;

import dev.statedict.tensor.ElementType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How rows become blocks. Immutable; each method gives new options. */
public final class BlockOptions {
    private final int blockRows;
    private final ElementType elementType;
    private final int partitions;
    private final String features;
    private final String label;
    private final @Nullable String weight;
    private final @Nullable String order;

    private BlockOptions(
            int blockRows,
            ElementType elementType,
            int partitions,
            String features,
            String label,
            @Nullable String weight,
            @Nullable String order) {
        this.blockRows = blockRows;
        this.elementType = elementType;
        this.partitions = partitions;
        this.features = features;
        this.label = label;
        this.weight = weight;
        this.order = order;
    }

    /**
     * Blocks of 4,096 rows in F32, of the columns {@code features} and {@code label}, without weights, in the source's order.
     *
     * @return the defaults
     */
    public static BlockOptions defaults() {
        return new BlockOptions(4096, ElementType.F32, 0, "features", "label", null, null);
    }

    /**
     * The rows of a block. It is a part of the result: other blocks are other sums.
     *
     * @param rows 1 or more; the last block may be smaller
     * @return new options
     */
    public BlockOptions withBlockRows(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("a block has 1 row or more, not " + rows);
        }
        return new BlockOptions(rows, elementType, partitions, features, label, weight, order);
    }

    /**
     * The element type of the features.
     *
     * @param type {@link ElementType#F32}, to which doubles are rounded, or {@link ElementType#F64}
     * @return new options
     */
    public BlockOptions withElementType(ElementType type) {
        if (!type.isFloatingPoint()) {
            throw new IllegalArgumentException("features are F32 or F64, not " + type);
        }
        return new BlockOptions(blockRows, type, partitions, features, label, weight, order);
    }

    /**
     * Over how many partitions blocks lie, which changes nothing of the result; else over as many as the source, or as Spark's default
     * parallelism when that is more. Where there are fewer blocks, there are fewer partitions.
     *
     * @param count 1 or more
     * @return new options
     */
    public BlockOptions withPartitions(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("there is 1 partition or more, not " + count);
        }
        return new BlockOptions(blockRows, elementType, count, features, label, weight, order);
    }

    /**
     * Which columns of a {@code Dataset<Row>} are features and label.
     *
     * @param featuresColumn a column of MLlib's vectors, or of arrays of floats or doubles
     * @param labelColumn a column of numbers
     * @return new options
     */
    public BlockOptions withColumns(String featuresColumn, String labelColumn) {
        return new BlockOptions(blockRows, elementType, partitions, featuresColumn, labelColumn, weight, order);
    }

    /**
     * Which column holds the rows' weights.
     *
     * @param weightColumn a column of numbers, 0 or more
     * @return new options
     */
    public BlockOptions withWeightColumn(String weightColumn) {
        return new BlockOptions(blockRows, elementType, partitions, features, label, weightColumn, order);
    }

    /**
     * Which column gives the order of the rows, which is a part of the result. Without one, rows come as the source gives them, and
     * {@link RowBlocks#warnings()} says so where a source promises no order.
     *
     * @param orderColumn a column that can be sorted and holds nothing twice
     * @return new options
     */
    public BlockOptions withOrderColumn(String orderColumn) {
        return new BlockOptions(blockRows, elementType, partitions, features, label, weight, orderColumn);
    }

    int blockRows() {
        return blockRows;
    }

    ElementType elementType() {
        return elementType;
    }

    int partitions(int otherwise) {
        return partitions == 0 ? otherwise : partitions;
    }

    String features() {
        return features;
    }

    String label() {
        return label;
    }

    Optional<String> weight() {
        return Optional.ofNullable(weight);
    }

    Optional<String> order() {
        return Optional.ofNullable(order);
    }
}
