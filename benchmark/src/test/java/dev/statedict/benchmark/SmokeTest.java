package dev.statedict.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class SmokeTest {
    @Test
    void everyBenchmarkRunsOnceOnSmallModels() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .param("model", "MLP")
                        .param("features", "64")
                        .param("rows", "100")
                        .param("megabytes", "1")
                        .param("depth", "3")
                        .param("keys", "10")
                        .param("rules", "10")
                        .param("checkpoints", "3")
                        .param("tensors", "10")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        assertThat(results).hasSizeGreaterThan(10);
    }
}
