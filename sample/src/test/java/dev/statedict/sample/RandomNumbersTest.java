package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomNumbersTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE, Long.MAX_VALUE})
    void theNumbersAreThoseOfTheJdk(long seed) {
        Random jdk = new Random(seed);
        Random ours = new RandomNumbers(seed);

        for (int i = 1; i < 1000; i++) {
            assertThat(ours.nextInt(i)).isEqualTo(jdk.nextInt(i));
            assertThat(ours.nextFloat()).isEqualTo(jdk.nextFloat());
            assertThat(ours.nextLong()).isEqualTo(jdk.nextLong());
        }
    }

    @Test
    void aRestoredGeneratorGoesOnAsTheFirst() {
        RandomNumbers first = new RandomNumbers(7);
        first.nextLong();
        RandomNumbers second = new RandomNumbers(0);

        second.loadStateDict(first.stateDict());

        assertThat(first.state).isGreaterThan(1L << 24); // more than float32 holds
        assertThat(Permutation.random(100, second)).isEqualTo(Permutation.random(100, first));
    }
}
