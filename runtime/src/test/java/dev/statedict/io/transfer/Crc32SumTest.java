package dev.statedict.io.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class Crc32SumTest {
    @Test
    void theSumOfTwoPartsIsThatOfTheWhole() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(3000)];
            random.nextBytes(bytes);
            int middle = random.nextInt(bytes.length + 1);

            long sum = Crc32Sum.concatenate(
                    crc32(bytes, 0, middle), crc32(bytes, middle, bytes.length - middle), bytes.length - middle);

            assertThat(sum).as("seed %s", seed).isEqualTo(crc32(bytes, 0, bytes.length));
        }
    }

    private static long crc32(byte[] bytes, int start, int count) {
        CRC32 crc = new CRC32();
        crc.update(bytes, start, count);
        return crc.getValue();
    }
}
