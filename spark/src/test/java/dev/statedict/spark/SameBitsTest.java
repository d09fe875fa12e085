package dev.statedict.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training's result depends on rows and settings alone: not on processes, threads, partitions or the JDK. */
class SameBitsTest {
    private static final SyntheticRows ROWS = SyntheticRows.of(1003, 8);
    private static final int BLOCK_ROWS = 53; // 19 blocks: no power of two, and the last is smaller
    private static final int SHARDS = 3;

    /** Of one process on JDK 17; as text, so that every JDK is held to it. */
    private static final String BY_GRADIENTS = "300900984aa45c97febd7234f58ae0895ac846322c3588b0d4734a9ab71da1fe";

    private static final String BY_LOCAL_SGD = "d87492d166ebe9289165813f1b609b78a368c54b3ea01bb683bb3c925a45aaae";

    private static final DataParallel<Softmax> TRAINING = DataParallel.of(
            () -> new Softmax(8, SyntheticRows.CLASSES),
            (model, block, gradient) -> Softmax.sum(model, block, SyntheticRows.CLASSES, gradient));

    private static final LocalSgd<Softmax> LOCAL = LocalSgd.of(
            () -> new Softmax(8, SyntheticRows.CLASSES),
            (model, blocks, round) -> blocks.forEach(block -> Softmax.descend(model, block, 0.5f / (1 + round))));

    @Test
    void oneProcessGivesTheseBits() {
        List<RowBlock> blocks = RowBlock.split(ROWS.matrix(), ROWS.labels(), BLOCK_ROWS);
        Softmax byGradients = new Softmax(8, SyntheticRows.CLASSES);
        Softmax byLocalSgd = new Softmax(8, SyntheticRows.CLASSES);

        for (int step = 0; step < 5; step++) {
            Softmax.descend(byGradients, TRAINING.gradient(blocks, byGradients), 0.5f);
            LOCAL.round(blocks, SHARDS, byLocalSgd, step);
        }

        assertThat(byGradients.stateDict().digest()).isEqualTo(BY_GRADIENTS);
        assertThat(byLocalSgd.stateDict().digest()).isEqualTo(BY_LOCAL_SGD);
    }

    @ParameterizedTest
    @ValueSource(strings = {Cluster.ONE_THREAD, Cluster.TWO_THREADS, Cluster.TWO_EXECUTORS})
    void everyClusterAndPartitioningGivesThemToo(String master) {
        List<String> byGradients = new ArrayList<>();
        List<String> byLocalSgd = new ArrayList<>();
        try (Cluster cluster = Cluster.start(master)) {
            for (int partitions : new int[] {1, 2, 5, 29}) {
                try (RowBlocks blocks = RowBlocks.of(
                                ROWS.rdd(cluster.context, partitions),
                                BlockOptions.defaults()
                                        .withBlockRows(BLOCK_ROWS)
                                        .withPartitions(partitions));
                        LocalSgd.Shards shards = LocalSgd.shards(blocks, SHARDS)) {
                    byGradients.add(byGradients(blocks));
                    byLocalSgd.add(byLocalSgd(shards));
                }
            }
        }

        assertThat(byGradients).hasSize(4).containsOnly(BY_GRADIENTS);
        assertThat(byLocalSgd).hasSize(4).containsOnly(BY_LOCAL_SGD);
    }

    private static String byGradients(RowBlocks blocks) {
        Softmax model = new Softmax(8, SyntheticRows.CLASSES);
        for (int step = 0; step < 5; step++) {
            Softmax.descend(model, TRAINING.gradient(blocks, model), 0.5f);
        }
        return model.stateDict().digest();
    }

    private static String byLocalSgd(LocalSgd.Shards shards) {
        Softmax model = new Softmax(8, SyntheticRows.CLASSES);
        for (int round = 0; round < 5; round++) {
            LOCAL.round(shards, model, round);
        }
        return model.stateDict().digest();
    }
}
