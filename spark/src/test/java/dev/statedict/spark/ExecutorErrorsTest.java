package dev.statedict.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Policy;
import dev.statedict.StateDictLoadException;
import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What goes wrong on executors that lack something, each with the mend. */
class ExecutorErrorsTest {
    private static final SyntheticRows ROWS = SyntheticRows.of(100, 2);

    private static DataParallel<Softmax> training() {
        return DataParallel.of(
                () -> new Softmax(2, 3), (model, block, gradient) -> Softmax.sum(model, block, 3, gradient));
    }

    /** The tests' class path without the files and folders of given names. */
    private static String classPathWithout(String... prefixes) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Arrays.stream(prefixes)
                        .noneMatch(prefix -> new File(entry).getName().startsWith(prefix)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void anExecutorWithoutTheUsersClassesNamesThem() {
        try (Cluster cluster = Cluster.start(
                        Cluster.TWO_EXECUTORS, "spark.executor.extraClassPath", classPathWithout("test-classes"));
                RowBlocks blocks = RowBlocks.of(
                        ROWS.rdd(cluster.context, 2), BlockOptions.defaults().withBlockRows(16))) {
            assertThatThrownBy(() -> training().gradient(blocks, new Softmax(2, 3)))
                    .isInstanceOf(SparkTrainingException.class)
                    .extracting(Throwable::getMessage)
                    .isIn(
                            // since JDK 25 Java says which
                            "an executor lacks the class dev.statedict.spark.ExecutorErrorsTest; give its jar to spark-submit by --jars,"
                                    + " or pack it into the application's jar",
                            "an executor could not make again what it was sent, which is how Java says that it lacks a class,"
                                    + " dev.statedict.spark.ExecutorErrorsTest or one that it needs; give its jar to spark-submit by"
                                    + " --jars, or pack it into the application's jar");
            ClassifierLoss<Softmax> named = new ClassifierLoss<>(new SoftmaxClassifier(), 2, 3);
            assertThatThrownBy(() -> DataParallel.of(named, named).gradient(blocks, new Softmax(2, 3)))
                    .hasMessageContaining("dev.statedict.spark.SoftmaxClassifier");
        }
    }

    @Test
    void anExecutorWithoutThisModuleSaysWhichJarsItLacks() {
        try (Cluster cluster = Cluster.start(
                Cluster.TWO_EXECUTORS,
                "spark.executor.extraClassPath",
                classPathWithout("classes", "test-classes", "statedict-"))) {
            assertThatThrownBy(() -> RowBlocks.of(
                            ROWS.rdd(cluster.context, 2),
                            BlockOptions.defaults().withBlockRows(16)))
                    .isInstanceOf(SparkTrainingException.class)
                    .hasMessageMatching(
                            "(an executor could not make again what it was sent, which is how Java says that it lacks classes of"
                                    + " statedict|an executor lacks a class of statedict, dev\\.statedict\\.spark\\.\\w+); give the jars of"
                                    + " statedict-spark_2\\.13 and statedict-runtime to spark-submit by --jars or --packages, or pack them into the"
                                    + " application's jar");
        }
    }

    @Test
    void aLoadErrorComesWhole() {
        DataParallel<Softmax> narrow = DataParallel.of(() -> new Softmax(1, 3), (model, block, gradient) -> 0);
        try (Cluster cluster = Cluster.start(Cluster.TWO_EXECUTORS);
                RowBlocks blocks = RowBlocks.of(
                        ROWS.rdd(cluster.context, 2), BlockOptions.defaults().withBlockRows(16))) {
            Softmax model = new Softmax(2, 3);
            StateDictLoadException expected = org.assertj.core.api.Assertions.catchThrowableOfType(
                    StateDictLoadException.class, () -> new Softmax(1, 3).loadStateDict(model.stateDict(Policy.COPY)));

            assertThatThrownBy(() -> narrow.gradient(blocks, model))
                    .isInstanceOf(SparkTrainingException.class)
                    .hasMessageContaining(expected.getMessage());
            assertThat(expected).hasMessageContaining("size mismatch for weight");
        }
    }
}
