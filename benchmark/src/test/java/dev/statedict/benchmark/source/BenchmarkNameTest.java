package dev.statedict.benchmark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchmarkNameTest {
    @Test
    void aNameHoldsClassMethodAndParameters() {
        assertThat(BenchmarkName.parse("FileBenchmark.save(megabytes=256,flush=true)"))
                .containsExactly(
                        new BenchmarkName("FileBenchmark", "save", Map.of("megabytes", "256", "flush", "true")));
        assertThat(BenchmarkName.parse("TrainingBenchmark.train"))
                .containsExactly(new BenchmarkName("TrainingBenchmark", "train", Map.of()));
    }

    @Test
    void whatABenchmarkAllocatesIsMeasuredByThatBenchmark() {
        List<BenchmarkName> names = BenchmarkName.parse("LoadBenchmark.byHand(model=TREE) allocated")
                .toList();

        assertThat(names)
                .containsExactlyElementsOf(
                        BenchmarkName.parse("LoadBenchmark.byHand(model=TREE)").toList());
        assertThat(names.get(0).allocation()).isEqualTo("LoadBenchmark.byHand(model=TREE) allocated");
    }

    @Test
    void whatIsMeasuredElsewhereIsNoBenchmark() {
        assertThat(BenchmarkName.parse("torch.state_dict x10")).isEmpty();
    }

    @Test
    void jmhRunsTheOneBenchmarkOfTheName() {
        String pattern = BenchmarkName.parse("LargeBenchmark.copy(features=64)")
                .findFirst()
                .orElseThrow()
                .pattern();

        assertThat("dev.statedict.benchmark.LargeBenchmark.copy").containsPattern(pattern);
        assertThat("dev.statedict.benchmark.LargeBenchmark.copyInPlace").doesNotContainPattern(pattern);
    }
}
