package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random tensors on random arrays: what they share, and what their streams are made into; a test is named by its seed. */
class SerializationPropertyTest {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /** Far apart: of seeds that follow one another, the first draws are alike. */
    private static LongStream seeds() {
        return LongStream.range(0, 100).map(i -> i * 0x9E3779B97F4A7C15L);
    }

    private static StateDict random(Random random) {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            tensors.add(Node.tensor(random));
            double[][] rows = new double[random.nextInt(4)][random.nextInt(3)];
            for (double[] row : rows) {
                Arrays.setAll(row, at -> random.nextGaussian());
            }
            double[][] mixed = rows.length == 0 ? rows : new double[][] {rows[random.nextInt(rows.length)], rows[0]};
            tensors.add(Tensor.wrap(rows));
            tensors.add(Tensor.wrap(mixed));
            if (rows.length > 0) {
                tensors.add(Tensor.wrap(rows[0], rows[0].length));
            }
        }
        StateDictBuilder builder = StateDict.builder();
        for (int i = 0; i < 10; i++) {
            Tensor tensor = tensors.get(random.nextInt(tensors.size()));
            if (tensor.dim() > 0 && tensor.size(0) > 0 && random.nextBoolean()) {
                int start = random.nextInt(tensor.size(0));
                tensor = tensor.narrow(0, start, random.nextInt(tensor.size(0) - start + 1));
            }
            if (tensor.dim() == 2 && random.nextBoolean()) {
                tensor = tensor.transpose(0, 1);
            }
            builder.put(
                    "t" + i,
                    tensor,
                    Role.values()[random.nextInt(3)],
                    StoredType.values()[random.nextInt(StoredType.values().length)]);
        }
        return builder.build();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aDictThatArrivesSharesWhatItShared(long seed) throws Exception {
        StateDict dict = random(new Random(seed));

        StateDict arrived = Serialized.again(dict);

        assertThat(arrived.contentEquals(dict)).isTrue();
        for (String key : dict.keySet()) {
            assertThat(arrived.role(key)).isEqualTo(dict.role(key));
            assertThat(arrived.storedType(key)).isEqualTo(dict.storedType(key));
            assertThat(arrived.get(key).strides()).isEqualTo(dict.get(key).strides());
            for (String other : dict.keySet()) {
                // where an empty tensor begins is not kept
                if (dict.get(key).numel() > 0) {
                    assertThat(TENSORS.areTied(arrived.get(key), arrived.get(other)))
                            .as(key + " and " + other)
                            .isEqualTo(TENSORS.areTied(dict.get(key), dict.get(other)));
                }
                assertThat(TENSORS.mayOverlap(arrived.get(key), arrived.get(other)))
                        .as(key + " and " + other)
                        .isEqualTo(TENSORS.mayOverlap(dict.get(key), dict.get(other)));
            }
        }
        dict.values().forEach(tensor -> tensor.fill(1));
        assertThat(Serialized.again(dict).contentEquals(dict)).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aStreamOfWhichBytesWereChangedIsReadOrRefused(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] stream = Serialized.write(random(random));
        // before it stands a name, for which the JDK's class loaders look whatever it is
        int ours = new String(stream, StandardCharsets.ISO_8859_1).indexOf("\u0097STDICT");
        for (int run = 0; run < 50; run++) {
            byte[] changed =
                    Arrays.copyOf(stream, random.nextInt(4) == 0 ? random.nextInt(stream.length) : stream.length);
            for (int flips = random.nextInt(3); flips >= 0 && changed.length > ours; flips--) {
                changed[random.nextInt(ours, changed.length)] = (byte) random.nextInt(256);
            }
            try {
                Serialized.read(changed);
            } catch (IOException | ClassNotFoundException refused) {
                // the JDK's own or ours, and never an error or what nobody declares
            }
        }
    }
}
