package dev.statedict.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Runs the benchmark once, on few rows, and asserts no times. */
class SparkPassBenchmarkTest {
    @Test
    void bothFitsEndWithTheSameLoss() {
        try (Cluster cluster = Cluster.start(Cluster.TWO_THREADS)) {
            SparkPassBenchmark.Results results = new SparkPassBenchmark(cluster, 20_000, 2).run();

            results.bars().forEach(System.out::println);
            assertThat(results.bars())
                    .extracting(SparkPassBenchmark.Bar::name)
                    .containsExactly("spark-pass", "spark-pass/fit", "spark-pass/tree");
            assertThat(results.loss()).isCloseTo(results.peerLoss(), within(1e-3));
        }
    }
}
