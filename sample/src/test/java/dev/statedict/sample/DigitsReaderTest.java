package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsReaderTest {
    @Test
    void theShippedDigitsAreThoseOfTheArchive() throws InputException {
        Digits digits = DigitsReader.readShipped();

        assertThat(digits.images().shape()).containsExactly(1797, 64);
        assertThat(Arrays.copyOf(digits.images().toArray(), 8)).containsExactly(0, 0, 5, 13, 9, 1, 0, 0);
        int[] counts = new int[10];
        for (int label : digits.labels()) {
            counts[label]++;
        }
        assertThat(counts).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }

    @Test
    void plainAndCompressedFilesReadAlike(@TempDir Path directory) throws IOException, InputException {
        Path plain = directory.resolve("digits.gz"); // the name does not matter
        StringBuilder lines = new StringBuilder();
        Digits shipped = DigitsReader.readShipped();
        for (int row = 0; row < shipped.size(); row++) {
            for (float pixel : shipped.images().select(0, row).toArray()) {
                lines.append((int) pixel).append(',');
            }
            lines.append(shipped.labels()[row]).append("\r\n");
        }
        Files.writeString(plain, lines);

        Digits read = DigitsReader.read(plain);

        assertThat(read.images().contentEquals(shipped.images())).isTrue();
        assertThat(read.labels()).isEqualTo(shipped.labels());
    }
}
