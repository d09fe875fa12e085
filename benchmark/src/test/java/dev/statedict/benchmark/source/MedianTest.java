package dev.statedict.benchmark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void theMedianIsTheMiddleOfTheReadings() {
        assertThat(Median.of(List.of(900.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Median.of(List.of(4.0, 1.0, 900.0, 2.0))).isEqualTo(3);
        assertThat(Median.of(List.of())).isNaN();
    }
}
