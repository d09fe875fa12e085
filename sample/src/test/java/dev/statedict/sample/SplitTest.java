package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitTest {
    @Test
    void everyRowIsInOnePart() {
        for (int rows = Split.FEWEST_ROWS; rows < 300; rows++) {
            Split split = Split.random(rows, new Random(rows));

            assertThat(Stream.of(split.training(), split.validation(), split.test())
                            .flatMapToInt(IntStream::of)
                            .sorted())
                    .as("of %d rows", rows)
                    .containsExactly(IntStream.range(0, rows).boxed().toArray(Integer[]::new));
            assertThat(split.training()).isNotEmpty();
            assertThat(split.validation()).isNotEmpty();
            assertThat(split.test()).isNotEmpty();
        }
    }

    @Test
    void aSeedMeansTheSameRowsOnEveryMachine() {
        Split split = Split.random(10, new Random(0));

        assertThat(split.training()).containsExactly(7, 2, 6, 1, 9, 5, 8);
        assertThat(split.validation()).containsExactly(4);
        assertThat(split.test()).containsExactly(3, 0);
    }
}
