package dev.statedict.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.benchmark.result.Bar.Comparison;
import dev.statedict.benchmark.result.Quantity.Difference;
import dev.statedict.benchmark.result.Quantity.Limit;
import dev.statedict.benchmark.result.Quantity.Measured;
import dev.statedict.benchmark.result.Quantity.Quotient;
import dev.statedict.benchmark.result.Quantity.Share;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarTest {
    private final Measurements measurements = new Measurements();

    BarTest() {
        measure("three", 3);
        measure("four", 4);
        measure("thirty", 30);
        measure("fifty", 50);
    }

    private void measure(String name, double microseconds) {
        measurements.put(name, new Value(microseconds, Unit.MICROSECONDS));
    }

    private static Bar costAtMost(double target, String ours, String peer) {
        return new Bar("cost", new Measured(ours), new Measured(peer), Comparison.COST_AT_MOST, target);
    }

    private String line(Bar bar) {
        return bar.judge(measurements).line();
    }

    @Test
    void aCostIsOursByThePeers() {
        assertThat(line(costAtMost(0.75, "three", "four"))).isEqualTo("BAR cost 0.7500 0.7500 ok");
        assertThat(line(costAtMost(0.74, "three", "four"))).isEqualTo("BAR cost 0.7500 0.7400 short");
        assertThat(line(costAtMost(1 / 30.0, "three", "fifty"))).isEqualTo("BAR cost 0.06000 0.03333 short");
    }

    @Test
    void aSpeedIsThePeersTimeByOurs() {
        Bar bar = new Bar("speed", new Measured("four"), new Measured("three"), Comparison.SPEED_AT_LEAST, 0.8);

        assertThat(line(bar)).isEqualTo("BAR speed 0.7500 0.8000 short");
        assertThat(line(new Bar("speed", bar.peer(), bar.ours(), Comparison.SPEED_AT_LEAST, 0.8)))
                .isEqualTo("BAR speed 1.3333 0.8000 ok");
    }

    @Test
    void whatWasNotMeasuredIsMissingAndNeverMet() {
        assertThat(line(costAtMost(1, "three", "torch"))).isEqualTo("BAR cost - 1.0000 missing");
        assertThat(line(costAtMost(1, "torch", "three"))).isEqualTo("BAR cost - 1.0000 missing");
    }

    @Test
    void aRatioByNothingIsMissing() {
        measure("nothing", 0);

        assertThat(line(costAtMost(1, "nothing", "nothing"))).isEqualTo("BAR cost - 1.0000 missing");
    }

    @Test
    void quantitiesFollowFromMeasurements() {
        Quantity added = new Difference(new Measured("fifty"), new Measured("thirty"));
        Quantity growth = new Quotient(new Measured("thirty"), new Measured("three"));

        assertThat(added.in(measurements)).contains(new Value(20, Unit.MICROSECONDS));
        assertThat(growth.in(measurements)).contains(new Value(10, Unit.RATIO));
        assertThat(new Share(added, 10).in(measurements)).contains(new Value(2, Unit.MICROSECONDS));
        assertThat(new Limit(new Value(64, Unit.BYTES)).in(measurements)).contains(new Value(64, Unit.BYTES));
        assertThat(new Quotient(added, growth).names()).containsExactly("fifty", "thirty", "thirty", "three");
    }

    @Test
    void aBarIsAskedForByItsNameOrWhatStandsBeforeTheSlash() {
        Bar bar = new Bar("save/256", new Measured("a"), new Measured("b"), Comparison.SPEED_AT_LEAST, 0.8);

        assertThat(bar.isAmong(List.of())).isTrue();
        assertThat(bar.isAmong(List.of("load", "save"))).isTrue();
        assertThat(bar.isAmong(List.of("save/256"))).isTrue();
        assertThat(bar.isAmong(List.of("save/2", "sav", "256"))).isFalse();
    }
}
