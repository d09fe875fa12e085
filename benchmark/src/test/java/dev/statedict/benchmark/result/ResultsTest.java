package dev.statedict.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.benchmark.result.Bar.Comparison;
import dev.statedict.benchmark.result.Quantity.Limit;
import dev.statedict.benchmark.result.Quantity.Measured;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsTest {
    @Test
    void theMachineATableALinePerBarAndAllMeasurementsAreWrittenDown() {
        Measurements measurements = new Measurements();
        measurements.put("ours", new Value(21.5, Unit.MICROSECONDS));
        measurements.put("theirs", new Value(2_150, Unit.MICROSECONDS));
        measurements.put("garbage", new Value(200_000, Unit.BYTES));
        Bar bar = new Bar("alias", new Measured("ours"), new Measured("theirs"), Comparison.COST_AT_MOST, 1 / 30.0);
        Bar limit = new Bar(
                "garbage",
                new Measured("garbage"),
                new Limit(new Value(1_000, Unit.BYTES)),
                Comparison.COST_AT_MOST,
                128);
        Bar missing = new Bar("train", new Measured("ours"), new Measured("torch"), Comparison.COST_AT_MOST, 1);

        assertThat(Results.format(List.of("CPU  fast", "JDK  17"), List.of(bar, limit, missing), measurements))
                .isEqualTo("""
                        CPU  fast
                        JDK  17

                        bar          ours     peer     ratio    target  verdict
                        alias    21.50 us  2.15 ms   0.01000   0.03333       ok
                        garbage  195.3 KB   1000 B  200.0000  128.0000    short
                        train    21.50 us        -         -    1.0000  missing

                        BAR alias 0.01000 0.03333 ok
                        BAR garbage 200.0000 128.0000 short
                        BAR train - 1.0000 missing

                        measurement    median
                        ours         21.50 us
                        theirs        2.15 ms
                        garbage      195.3 KB
                        """);
    }

    @Test
    void valuesArePrintedInUnitsThatPeopleRead() {
        assertThat(new Value(0.5, Unit.MICROSECONDS)).hasToString("0.50 us");
        assertThat(new Value(12_345_678, Unit.MICROSECONDS)).hasToString("12.35 s");
        assertThat(new Value(-1_500, Unit.MICROSECONDS)).hasToString("-1.50 ms");
        assertThat(new Value(4_096, Unit.BYTES)).hasToString("4096 B");
        assertThat(new Value(256 << 20, Unit.BYTES)).hasToString("256.0 MB");
        assertThat(new Value(10.2, Unit.RATIO)).hasToString("10.200x");
    }

    @Test
    void theMachineIsDescribedWithOrWithoutPytorch() {
        assertThat(Machine.describe(Optional.of("2.13.0")))
                .hasSize(6)
                .anyMatch(line -> line.startsWith("JDK ") && line.contains(System.getProperty("java.vm.version")))
                .contains("PyTorch  2.13.0");
        assertThat(Machine.describe(Optional.empty())).contains("PyTorch  none");
    }
}
