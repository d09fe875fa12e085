package dev.statedict.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.statedict.Policy;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.BlockId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class BroadcastsTest {
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(Cluster.TWO_THREADS);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void fiveHundredStepsLeaveNoBroadcastBehindAndNeitherDoesAFailure() throws Exception {
        int width = 20_000; // a state of 240 KB, much more than Spark's own broadcasts of tasks
        SyntheticRows rows = SyntheticRows.of(4, width);
        DataParallel<Softmax> training =
                DataParallel.of(() -> new Softmax(20_000, SyntheticRows.CLASSES), (model, block, gradient) -> {
                    if (model.bias.get(0) == -1) {
                        throw new IllegalStateException("this step fails");
                    }
                    return 0;
                });
        Softmax model = new Softmax(width, SyntheticRows.CLASSES);
        try (RowBlocks blocks = RowBlocks.of(
                rows.rdd(cluster.context, 1), BlockOptions.defaults().withPartitions(1))) {
            for (int step = 0; step < 500; step++) {
                training.step(blocks, model, gradients -> {});
            }
            model.bias.fill(-1);
            assertThatThrownBy(() -> training.step(blocks, model, gradients -> {}))
                    .isInstanceOf(SparkTrainingException.class)
                    .hasMessageContaining("java.lang.IllegalStateException: this step fails");

            // broadcasts are destroyed in the background
            for (int waits = 0; waits < 600 && !largeBroadcasts().isEmpty(); waits++) {
                Thread.sleep(50);
            }
            assertThat(largeBroadcasts()).isEmpty();
        }
    }

    private static List<BlockId> largeBroadcasts() {
        return CollectionConverters.asJava(SparkEnv.get().blockManager().getMatchingBlockIds(BlockId::isBroadcast))
                .stream()
                .filter(id -> SparkEnv.get().blockManager().getStatus(id).exists(status -> status.memSize() > 50_000))
                .toList();
    }

    @Test
    void aBroadcastThatIsClosedSaysSoWhereSomethingStillNeedsIt() {
        StateDictBroadcast broadcast = StateDictBroadcast.of(cluster.context, new Softmax(2, 3).stateDict(Policy.COPY));
        JavaRDD<Integer> lazy = cluster.context
                .parallelize(List.of(1, 2), 2)
                .map(i -> i + broadcast.open().size());
        assertThat(lazy.collect()).containsExactly(3, 4);
        broadcast.close();
        broadcast.close();
        String message =
                "this broadcast of a state dict was destroyed, and something still needs it: an RDD is lazy, and computes with what"
                        + " it was given when an action asks for it; call the action (collect, count, saveAsTextFile) before close, or make a new"
                        + " StateDictBroadcast for it";

        assertThatThrownBy(broadcast::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThat(catchThrowable(lazy::collect)).hasStackTraceContaining(message);
    }
}
