package dev.statedict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1049, 1.0 kB",
        "1050, 1.1 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "5000000000, 5.0 GB",
        "9223372036854775807, 9.2 EB"
    })
    void bytesHaveOneDecimalOfTheLargestUnitThatTheyReach(long bytes, String text) {
        assertThat(Sizes.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void theyAreRoundedAsTheJdkRounds() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long bytes = 1000 + random.nextInt(998_000);

            assertThat(Sizes.bytes(bytes)).isEqualTo(String.format(Locale.ROOT, "%.1f kB", bytes / 1000.0));
        }
    }
}
