package dev.statedict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Tensors of every element type have statistics. */
class StatisticsTest {
    @Test
    void integersBeyondWhatADoubleHoldsAreTakenToTheNearest() {
        Statistics statistics = Statistics.of(Tensor.wrap(new long[] {Long.MAX_VALUE, 0, -1}, 3));

        assertThat(statistics.max()).isEqualTo(0x1p63);
        assertThat(statistics.min()).isEqualTo(-1);
        assertThat(statistics.zeros()).isEqualTo(1);
    }

    @Test
    void booleansAreZeroAndOne() {
        Statistics statistics = Statistics.of(Tensor.wrap(new boolean[] {true, false, true, true}, 4));

        assertThat(statistics.mean()).isEqualTo(0.75);
        assertThat(statistics.bins()).containsExactly(1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 3L);
    }

    @Test
    void doublesKeepTheirDigits() {
        assertThat(Statistics.of(Tensor.wrap(new double[] {0.1, 0.1}, 2)).mean())
                .isEqualTo(0.1);
    }
}
