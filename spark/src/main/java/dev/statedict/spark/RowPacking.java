package dev.statedict.spark;

import dev.statedict.tensor.ElementType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Packs the rows of an input partition, where they lie, into arrays. */
final class RowPacking<T> implements Function2<Integer, Iterator<T>, Iterator<RowFragment>> {
    private static final long serialVersionUID = 1;

    private final Source<T> source;
    private final int most;
    private final ElementType type;

    /** How rows are read. */
    interface Source<T> extends Serializable {
        double[] features(T row);

        double label(T row);

        boolean isWeighted();

        double weight(T row);

        /** What orders the row, null where nothing does. */
        @Nullable
        Object order(T row);
    }

    RowPacking(Source<T> source, int most, ElementType type) {
        this.source = source;
        this.most = most;
        this.type = type;
    }

    static String otherWidth(long row, int width, int expected) {
        return "row " + row + " has " + width + " features, and rows before it have " + expected
                + "; rows have as many features each: pad or filter them";
    }

    @Override
    public Iterator<RowFragment> call(Integer partition, Iterator<T> rows) {
        List<RowFragment> fragments = new ArrayList<>();
        @Nullable Packer packer = null;
        long count = 0;
        @Nullable Object before = null;
        while (rows.hasNext()) {
            T row = rows.next();
            double[] features;
            double label;
            double weight;
            try {
                features = source.features(row);
                label = source.label(row);
                weight = source.weight(row);
            } catch (NullPointerException | ClassCastException e) {
                throw new IllegalArgumentException(
                        "row " + count + " of input partition " + partition
                                + " cannot be read, for a column is null or of another type (" + e.getMessage()
                                + "); features are vectors or arrays of numbers, labels and weights are numbers",
                        e);
            }
            if (weight < 0 || Double.isNaN(weight)) {
                throw new IllegalArgumentException("row " + count + " of input partition " + partition + " has weight "
                        + weight + "; weights are 0 or more");
            }
            @Nullable Object order = source.order(row);
            if (order != null && order.equals(before)) {
                throw new IllegalArgumentException("the order column holds " + order
                        + " twice, and rows that tie have no order; order by a column that holds nothing twice");
            }
            before = order;
            if (packer == null || packer.rows == most) {
                if (packer != null) {
                    fragments.add(packer.fragment());
                }
                packer = new Packer(count, packer == null ? features.length : packer.width);
            }
            if (features.length != packer.width) {
                throw new IllegalArgumentException(otherWidth(count, features.length, packer.width)
                        + " (rows counted from the start of input partition " + partition + ")");
            }
            packer.add(features, label, weight);
            count++;
        }
        if (packer != null) {
            fragments.add(packer.fragment());
        }
        return fragments.iterator();
    }

    /** Arrays that grow as rows come. */
    private final class Packer {
        private static final int INITIAL_ROWS = 64;

        final long firstRow;
        final int width;
        int rows;
        float[] floats;
        double[] doubles;
        double[] labels = new double[INITIAL_ROWS];
        double[] weights = new double[INITIAL_ROWS];

        Packer(long firstRow, int width) {
            this.firstRow = firstRow;
            this.width = width;
            this.floats = new float[type == ElementType.F32 ? INITIAL_ROWS * width : 0];
            this.doubles = new double[type == ElementType.F64 ? INITIAL_ROWS * width : 0];
        }

        void add(double[] features, double label, double weight) {
            if (rows == labels.length) {
                int capacity = Math.min(most, 4 * rows);
                labels = Arrays.copyOf(labels, capacity);
                weights = Arrays.copyOf(weights, capacity);
                floats = Arrays.copyOf(floats, type == ElementType.F32 ? capacity * width : 0);
                doubles = Arrays.copyOf(doubles, type == ElementType.F64 ? capacity * width : 0);
            }
            if (type == ElementType.F32) {
                for (int i = 0; i < width; i++) {
                    floats[rows * width + i] = (float) features[i];
                }
            } else {
                System.arraycopy(features, 0, doubles, rows * width, width);
            }
            labels[rows] = label;
            weights[rows] = weight;
            rows++;
        }

        RowFragment fragment() {
            return new RowFragment(
                    firstRow,
                    rows,
                    width,
                    type == ElementType.F32
                            ? Arrays.copyOf(floats, rows * width)
                            : Arrays.copyOf(doubles, rows * width),
                    Arrays.copyOf(labels, rows),
                    source.isWeighted() ? Arrays.copyOf(weights, rows) : null);
        }
    }

    /** Rows of features, label, then weight and what orders them, where there are. */
    static final class Columns implements Source<Row> {
        private static final long serialVersionUID = 1;

        private final boolean weighted;
        private final boolean ordered;

        Columns(boolean weighted, boolean ordered) {
            this.weighted = weighted;
            this.ordered = ordered;
        }

        @Override
        public double[] features(Row row) {
            return array(row.get(0));
        }

        /** A vector, or an array of numbers, as it comes from a column. */
        static double[] array(Object value) {
            if (value instanceof DenseVector dense) {
                return dense.values();
            }
            if (value instanceof Vector vector) {
                return vector.toArray();
            }
            scala.collection.Seq<?> numbers = (scala.collection.Seq<?>) value;
            double[] array = new double[numbers.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = ((Number) numbers.apply(i)).doubleValue();
            }
            return array;
        }

        @Override
        public double label(Row row) {
            return ((Number) row.get(1)).doubleValue();
        }

        @Override
        public boolean isWeighted() {
            return weighted;
        }

        @Override
        public double weight(Row row) {
            return weighted ? ((Number) row.get(2)).doubleValue() : 1;
        }

        @Override
        public @Nullable Object order(Row row) {
            return ordered ? row.get(row.size() - 1) : null;
        }
    }

    /** Labelled points. */
    static final class Points implements Source<LabeledPoint> {
        private static final long serialVersionUID = 1;

        @Override
        public double[] features(LabeledPoint row) {
            return Columns.array(row.features());
        }

        @Override
        public double label(LabeledPoint row) {
            return row.label();
        }

        @Override
        public boolean isWeighted() {
            return false;
        }

        @Override
        public double weight(LabeledPoint row) {
            return 1;
        }

        @Override
        public @Nullable Object order(LabeledPoint row) {
            return null;
        }
    }
}
