package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of members that are arrays of arrays, over random shapes; a test is named by its seed. */
class RowMembersPropertyTest {
    @TempDir
    private Path directory;

    private static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    /**
     * A module whose members are a matrix, a second one with some of its rows, a deeper array and a matrix of whole numbers or
     * truth values, of random sizes and values.
     */
    private static final class Net implements Stateful {
        double[][] matrix;
        double[][] sharing;
        float[][][] deep;
        Object[] whole;

        Net(Random sizes, Random values) {
            matrix = new double[sizes.nextInt(1, 5)][sizes.nextInt(0, 5)];
            deep = new float[sizes.nextInt(1, 4)][sizes.nextInt(1, 4)][sizes.nextInt(1, 4)];
            for (double[] row : matrix) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = values.nextGaussian();
                }
            }
            sharing = matrix.clone();
            sharing[0] = new double[matrix[0].length];
            for (float[][] plane : deep) {
                for (float[] row : plane) {
                    row[0] = values.nextFloat();
                }
            }
            int rows = sizes.nextInt(1, 5);
            whole = switch (sizes.nextInt(3)) {
                case 0 -> new int[rows][2];
                case 1 -> new long[rows][1];
                default -> new boolean[rows][3];
            };
            Tensor.wrapRows(whole).select(0, rows - 1).fillLong(values.nextInt(2));
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("matrix", matrix);
            visitor.parameter("sharing", sharing);
            visitor.buffer("deep", deep);
            visitor.buffer("whole", whole);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            matrix = assigner.field("matrix", matrix);
            sharing = assigner.field("sharing", sharing);
            deep = assigner.field("deep", deep);
            whole = assigner.field("whole", whole);
        }
    }

    private static Net net(long seed, long values) {
        return new Net(new Random(seed), new Random(values));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anAliasIsWrittenAndReadThroughTheVeryRows(long seed) {
        Net net = net(seed, seed + 1);
        StateDict alias = net.stateDict(Policy.ALIAS);
        StateDict copy = net.stateDict(Policy.COPY);
        StateDict before = copy.copy();

        alias.get("deep").fill(7);
        for (double[] row : net.matrix) {
            Arrays.fill(row, 9);
        }

        assertThat(net.deep[0][0][0]).isEqualTo(7);
        assertThat(alias.get("matrix").toDoubleArray()).containsOnly(repeated(9, alias.get("matrix")));
        assertThat(copy.contentEquals(before)).isTrue();
    }

    private static double[] repeated(double value, Tensor like) {
        return like.numel() == 0 ? new double[0] : new double[] {value};
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCopyIsLoadedInPlaceAndAnAliasAdopted(long seed) {
        Net source = net(seed, seed + 1);
        Net copied = net(seed, seed + 2);
        Net adopting = net(seed, seed + 3);
        double[] row = copied.matrix[0];

        copied.loadStateDict(source.stateDict(Policy.ALIAS), Policy.COPY);
        adopting.loadStateDict(source.stateDict(Policy.ALIAS), Policy.ALIAS);

        assertThat(copied.matrix).isDeepEqualTo(source.matrix);
        assertThat(copied.deep).isDeepEqualTo(source.deep);
        assertThat(Arrays.deepToString(copied.whole)).isEqualTo(Arrays.deepToString(source.whole));
        assertThat(copied.matrix[0]).isSameAs(row);
        assertThat(adopting.matrix[0]).isSameAs(source.matrix[0]);
        assertThat(adopting.deep[0][0]).isSameAs(source.deep[0][0]);
        assertThat(adopting.whole[0]).isSameAs(source.whole[0]);
        assertThat(adopting.whole).hasSameClassAs(source.whole);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCopySharesNoRowButThoseThatMembersShare(long seed) {
        Net net = net(seed, seed + 1);
        StateDict alias = net.stateDict(Policy.ALIAS);
        StateDict copy = net.stateDict(Policy.COPY);

        for (Tensor mine : alias.values()) {
            assertThat(copy.values()).noneMatch(mine::sharesStorageWith);
        }
        boolean shared = net.matrix.length > 1;
        assertThat(alias.get("matrix").sharesStorageWith(alias.get("sharing"))).isEqualTo(shared);
        assertThat(copy.get("matrix").sharesStorageWith(copy.get("sharing"))).isEqualTo(shared);
        assertThat(copy.contentEquals(alias)).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aLoadThatIsRefusedWritesNoRow(long seed) {
        Net net = net(seed, seed + 1);
        StateDict before = net.stateDict(Policy.COPY);
        Map<String, Tensor> state = new LinkedHashMap<>(net(seed, seed + 2).stateDict());
        state.put("whole", Tensor.zeros(7, 7));

        for (Policy policy : Policy.values()) {
            assertThatThrownBy(() -> net.loadStateDict(state, policy)).isInstanceOf(StateDictLoadException.class);
            assertThat(net.stateDict().contentEquals(before)).isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aFileHoldsThemAsOneTensorEach(long seed) throws IOException {
        Net source = net(seed, seed + 1);
        for (String name : new String[] {"net.safetensors", "net.pt"}) {
            Net fresh = net(seed, seed + 2);
            Checkpoints.save(directory.resolve(name), source.stateDict());
            fresh.loadStateDict(Checkpoints.load(directory.resolve(name)));

            assertThat(fresh.matrix).isDeepEqualTo(source.matrix);
            assertThat(fresh.deep).isDeepEqualTo(source.deep);
            assertThat(Arrays.deepToString(fresh.whole)).isEqualTo(Arrays.deepToString(source.whole));
        }
    }
}
