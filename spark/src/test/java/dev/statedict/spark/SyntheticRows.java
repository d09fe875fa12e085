package dev.statedict.spark;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vectors;

/** Rows of three classes around three points; the same on every machine. */
record SyntheticRows(float[] features, double[] labels, int width) {
    static final int CLASSES = 3;

    static SyntheticRows of(int rows, int width) {
        SplittableRandom random = new SplittableRandom(7);
        float[] features = new float[rows * width];
        double[] labels = new double[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = random.nextInt(CLASSES);
            for (int i = 0; i < width; i++) {
                features[row * width + i] =
                        (float) (random.nextDouble() * 2 - 1 + (i % CLASSES == (int) labels[row] ? 0.5 : 0));
            }
        }
        return new SyntheticRows(features, labels, width);
    }

    Tensor matrix() {
        return Tensor.wrap(features, labels.length, width);
    }

    JavaRDD<LabeledPoint> rdd(JavaSparkContext context, int partitions) {
        List<LabeledPoint> points = new ArrayList<>();
        for (int row = 0; row < labels.length; row++) {
            double[] values = new double[width];
            for (int i = 0; i < width; i++) {
                values[i] = features[row * width + i];
            }
            points.add(new LabeledPoint(labels[row], Vectors.dense(values)));
        }
        return context.parallelize(points, partitions);
    }
}
