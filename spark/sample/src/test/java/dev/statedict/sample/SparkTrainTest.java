package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample's training on a cluster ends as in one process. */
class SparkTrainTest {
    private static final List<String> SETTINGS = List.of(
            "spark.master", "spark.ui.enabled", "spark.driver.host", "spark.driver.bindAddress", "spark.local.dir");

    @TempDir
    Path directory;

    @BeforeEach
    void asSparkSubmitSetsIt() {
        List<String> values = List.of("local[2]", "false", "127.0.0.1", "127.0.0.1", "target/spark-local");
        for (int i = 0; i < values.size(); i++) {
            System.setProperty(SETTINGS.get(i), values.get(i));
        }
    }

    @AfterEach
    void forget() {
        SETTINGS.forEach(System::clearProperty);
    }

    private static List<String> run(String... arguments) {
        StringWriter printed = new StringWriter();
        assertThat(SparkTrain.run(new PrintWriter(printed), new PrintWriter(printed), arguments))
                .isZero();
        return printed.toString().lines().toList();
    }

    private static List<String> lastTwo(List<String> lines) {
        return lines.subList(lines.size() - 2, lines.size());
    }

    @Test
    void digitsEndWithTheAccuracyAndTheDigestOfOneProcess() {
        List<String> onSpark = run("--steps", "30");
        List<String> here = run("--steps", "30", "--in-one-process");

        assertThat(onSpark).first().isEqualTo("1258 rows in 20 blocks over 4 partitions of local[2]");
        assertThat(here).first().isEqualTo("1258 rows in 20 blocks, in one process");
        assertThat(lastTwo(onSpark)).isEqualTo(lastTwo(here));
        assertThat(lastTwo(here).get(0)).startsWith("test accuracy: 0.9");
    }

    @Test
    void syntheticRowsAreTheSameWhoeverMakesThem() {
        String[] settings = {"--synthetic", "5000", "--steps", "5", "--block-rows", "512", "--optimizer", "adam"};
        List<String> here = new ArrayList<>(List.of(settings));
        here.add("--in-one-process");

        assertThat(lastTwo(run(settings))).isEqualTo(lastTwo(run(here.toArray(String[]::new))));
    }

    @Test
    void aTrainingThatEndedEarlyGoesOnFromItsCheckpoint() {
        String uri = directory.resolve("run").toUri().toString();
        List<String> first = run("--steps", "10", "--checkpoints", uri);
        List<String> second = run("--steps", "20", "--checkpoints", uri);

        assertThat(first).doesNotContain("goes on after step 10 of 20");
        assertThat(second).contains("goes on after step 10 of 20");
        assertThat(lastTwo(second)).isEqualTo(lastTwo(run("--steps", "20")));
    }

    @Test
    void withoutAClusterItSaysWhatToDo() {
        System.clearProperty("spark.master");
        StringWriter said = new StringWriter();
        PrintWriter err = new PrintWriter(said, true);

        assertThat(SparkTrain.run(err, err)).isEqualTo(1);

        assertThat(said.toString().strip())
                .isEqualTo(
                        "spark-train: no cluster is given; start this by spark-submit --master, or add --in-one-process");
    }
}
