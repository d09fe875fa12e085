package dev.statedict.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.statedict.Policy;
import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.StoredType;
import dev.statedict.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictMathTest {
    private static final StateDict PYTORCH = PytorchArithmetic.load();
    private static final long SEED = 23;

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.001, 1 - 0.999, 1.0 / 3, 0.49999999, 0.5, 0.9, 1.0, -0.2})
    void lerpIsPytorchsToTheLastBitInPlaceAndAsANewDict(double weight) {
        float[] expected = PYTORCH.get("lerp " + weight).toArray();
        StateDict start = one("start").copy();

        assertThat(start.lerp(one("end"), weight).get("w").toArray()).containsExactly(expected);
        StateDictMath.lerpInPlace(start, one("end"), weight);

        assertThat(start.get("w").toArray()).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.0, -1.0, 0.3, -0.7})
    void addIsPytorchsToTheLastBit(double alpha) {
        StateDict target = one("start").copy();
        StateDictMath.addInPlace(target, one("end"), alpha);
        assertThat(target.get("w").toArray())
                .containsExactly(PYTORCH.get("add " + alpha).toArray());
    }

    @Test
    void subtractAndMultiplyArePytorchs() {
        StateDict target = one("start").copy();
        StateDictMath.subtractInPlace(target, one("end"));
        assertThat(target.get("w").toArray())
                .containsExactly(PYTORCH.get("add -1.0").toArray());

        StateDict other = one("start").copy();
        StateDictMath.multiplyInPlace(other, 0.1);
        assertThat(other.get("w").toArray())
                .containsExactly(PYTORCH.get("mul 0.1").toArray());
    }

    @Test
    void countersAndIntegersStayAsTheyAre() {
        StateDict target = withCounts(2, 5, 7);
        StateDict other = withCounts(4, 6, 8);

        StateDictMath.lerpInPlace(target, other, 0.5);
        StateDictMath.addInPlace(target, other, 1);
        StateDictMath.multiplyInPlace(target, 2);
        StateDictMath.averageInPlace(target, List.of(target, other), 1, 3);

        assertThat(target.get("w").item()).isEqualTo((14 + 3 * 4) / 4f);
        assertThat(target.get("count").item()).isEqualTo(5);
        assertThat(target.get("index").item()).isEqualTo(7);
        assertThat(StateDictMath.norm(other)).isEqualTo(4);
    }

    @Test
    void aTieIsComputedOnceFromTheLastOfItsKeys() {
        Tensor shared = Tensor.wrap(new float[] {1, 2}, 2);
        StateDict tied = StateDict.builder()
                .put("a", shared)
                .put("b", shared.narrow(0, 0, 2))
                .build();
        StateDict other = StateDict.builder()
                .put("a", Tensor.wrap(new float[] {100, 100}, 2))
                .put("b", Tensor.wrap(new float[] {10, 20}, 2))
                .build();

        assertThat(StateDictMath.norm(tied)).isEqualTo(Math.sqrt(5));
        StateDictMath.addInPlace(tied, other, 1);
        assertThat(shared.toArray()).containsExactly(11, 22);
        StateDictMath.multiplyInPlace(tied, 2);
        assertThat(shared.toArray()).containsExactly(22, 44);
        StateDictMath.averageInPlace(tied, List.of(tied, other), 1, 1);
        assertThat(shared.toArray()).containsExactly(16, 32);
    }

    @Test
    void viewsOfEveryLayoutAreComputedAsTheirCopiesWouldBe() {
        BiConsumer<StateDict, StateDict> lerp = (a, b) -> StateDictMath.lerpInPlace(a, b, 0.3);
        BiConsumer<StateDict, StateDict> add = (a, b) -> StateDictMath.addInPlace(a, b, -0.7);
        BiConsumer<StateDict, StateDict> multiply = (a, b) -> StateDictMath.multiplyInPlace(a, 3);
        BiConsumer<StateDict, StateDict> average = (a, b) -> StateDictMath.averageInPlace(a, List.of(b, a, b), 1, 2, 3);
        for (BiConsumer<StateDict, StateDict> operation : List.of(lerp, add, multiply, average)) {
            Random random = new Random(SEED);
            StateDict views = views(random);
            StateDict others = views(random);
            StateDict apart = contiguous(views);
            StateDict othersApart = contiguous(others);

            operation.accept(views, others);
            operation.accept(apart, othersApart);

            assertThat(contiguous(views).contentEquals(apart))
                    .as("seed %d", SEED)
                    .isTrue();
            assertThat(contiguous(others).contentEquals(othersApart)).isTrue();
        }
    }

    @Test
    void whatOverlapsIsComputedFromWhatItWasAndTheLastKeyWins() {
        float[] storage = {1, 2, 3, 4};
        StateDict overlapping = StateDict.builder()
                .put("a", Tensor.strided(storage, 0, new int[] {3}, new int[] {1}))
                .put("b", Tensor.strided(storage, 1, new int[] {3}, new int[] {1}))
                .put("c", Tensor.strided(new float[] {5}, 0, new int[] {4}, new int[] {0}))
                .build();

        StateDictMath.multiplyInPlace(overlapping, 10);

        assertThat(storage).containsExactly(10, 20, 30, 40);
        assertThat(overlapping.get("c").toArray()).containsExactly(50, 50, 50, 50);
    }

    @Test
    void aCrossedDictReadsWhatWasThereBefore() {
        Tensor a = Tensor.wrap(new float[] {1}, 1);
        Tensor b = Tensor.wrap(new float[] {10}, 1);
        StateDict straight = StateDict.builder().put("x", a).put("y", b).build();
        StateDict crossed = StateDict.builder().put("x", b).put("y", a).build();

        StateDictMath.addInPlace(straight, crossed, 1);

        assertThat(a.item()).isEqualTo(11);
        assertThat(b.item()).isEqualTo(11);
    }

    @Test
    void equalWeightsGiveTheAverageToTheLastBit() {
        Random random = new Random(SEED);
        for (int count : new int[] {1, 3, 8, 9, 17}) {
            List<StateDict> dicts =
                    random.ints(count).mapToObj(seed -> large(seed, 3000)).toList();
            double[] weights = new double[count];
            Arrays.fill(weights, 1);
            StateDict target = large(0, 3000);

            StateDictMath.averageInPlace(target, dicts, weights);

            assertThat(target.contentEquals(StateDict.average(dicts)))
                    .as("of %d", count)
                    .isTrue();
        }
    }

    @Test
    void weightsAreCountsOfSamples() {
        StateDict target = numbers(0, 0);
        StateDictMath.averageInPlace(target, List.of(numbers(1, 10), numbers(4, 40)), 100, 200);
        assertThat(target.get("w").toArray()).containsExactly(3, 30);
    }

    @Test
    void weightsThatAreNoneAreRefused() {
        StateDict dict = numbers(1, 2);
        for (double[] weights : new double[][] {{}, {1, 2}, {-1}, {0}, {Double.NaN}}) {
            assertThatThrownBy(() -> StateDictMath.averageInPlace(dict, List.of(dict), weights))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the weights of 1 dicts are " + Arrays.toString(weights)
                            + "; give one for each dict, 0 or more, and not all of them 0");
        }
    }

    @Test
    void dictsOfAnotherFormAreRefusedAndNothingIsWritten() {
        StateDict target = StateDict.builder()
                .put("a", Tensor.scalar(1))
                .put("b", Tensor.zeros(2))
                .build();
        StateDict other = StateDict.builder()
                .put("b", Tensor.zeros(3))
                .put("c", Tensor.scalar(1))
                .build();
        assertThatThrownBy(() -> StateDictMath.addInPlace(target, other, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the dicts differ: \"a\" is in the first alone,"
                        + " \"b\" has shape [2] in the first and [3] in the second, \"c\" is in the second alone");
    }

    @Test
    void primitivesOfALiveDictAreRefusedForNothingLeadsBackToTheModule() {
        Tensor weight = Tensor.scalar(1);
        Stateful scaled = visitor -> {
            visitor.parameter("scale", 3.0f);
            visitor.parameter("w", weight);
            visitor.counter("step", 5);
        };
        StateDict live = scaled.stateDict(Policy.ALIAS);
        StateDict copy = live.copy();
        String message = "the target is live, and its primitives cannot be set: \"scale\"; compute in its copy(), and"
                + " load that into the module";

        assertThatThrownBy(() -> StateDictMath.lerpInPlace(live, copy, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> StateDictMath.addInPlace(live, copy, 1)).hasMessage(message);
        assertThatThrownBy(() -> StateDictMath.multiplyInPlace(live, 2)).hasMessage(message);
        assertThatThrownBy(() -> StateDictMath.averageInPlace(live, List.of(copy), 1))
                .hasMessage(message);
        assertThat(weight.item()).isEqualTo(1);
        StateDictMath.multiplyInPlace(live.filter(key -> !key.equals("scale")), 2);
        assertThat(weight.item()).isEqualTo(2);
        StateDictMath.multiplyInPlace(copy, 2);
        assertThat(copy.get("scale").item()).isEqualTo(6);
        assertThat(StateDictMath.dot(live, copy)).isEqualTo(3 * 6 + 2 * 2);
    }

    @Test
    void doublesAreComputedAsDoublesAndWeightsAreNotRounded() {
        StateDict target = StateDict.builder()
                .put("w", Tensor.wrap(new double[] {1, 3}, 2))
                .build();
        StateDict other = StateDict.builder()
                .put("w", Tensor.wrap(new double[] {2, 1}, 2))
                .build();
        StateDictMath.lerpInPlace(target, other, 0.1);
        assertThat(target.get("w").toDoubleArray()).containsExactly(Math.fma(0.1, 1, 1), Math.fma(0.1, -2, 3));
        StateDictMath.lerpInPlace(target, other, 1);
        assertThat(target.get("w").toDoubleArray()).containsExactly(2, 1);
        StateDictMath.addInPlace(target, other, 1e-17);
        StateDictMath.multiplyInPlace(target, 1 + 1e-15);
        assertThat(target.get("w").toDoubleArray()).containsExactly(2 * (1 + 1e-15), 1 + 1e-15);
    }

    @Test
    void typesThatDifferAreNamed() {
        StateDict floats = StateDict.builder().put("w", Tensor.scalar(1f)).build();
        StateDict doubles = StateDict.builder().put("w", Tensor.scalar(1.0)).build();
        assertThatThrownBy(() -> StateDictMath.dot(floats, doubles))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the dicts differ: \"w\" is F32 in the first and F64 in the second");
    }

    @Test
    void normAndDotAreSummedInDoublePrecision() {
        StateDict a = numbers(3, 4);
        StateDict b = numbers(1e-8f, 2);
        assertThat(StateDictMath.norm(a)).isEqualTo(5);
        assertThat(StateDictMath.dot(a, b)).isEqualTo(3 * (double) 1e-8f + 8);
        StateDict large = large(7, 1001);
        assertThat(StateDictMath.norm(large) * StateDictMath.norm(large))
                .isCloseTo(StateDictMath.dot(large, large), within(1e-9));
    }

    private static StateDict one(String key) {
        return StateDict.builder().put("w", PYTORCH.get(key)).build();
    }

    private static StateDict numbers(float... values) {
        return StateDict.builder()
                .put("w", Tensor.copyOf(values, values.length))
                .build();
    }

    private static StateDict withCounts(float weight, int count, int index) {
        return StateDict.builder()
                .put("w", Tensor.scalar(weight))
                .put("count", Tensor.scalar(count), Role.COUNTER, StoredType.I64)
                .put("index", Tensor.scalar(index), Role.BUFFER, StoredType.I32)
                .build();
    }

    private static StateDict large(int seed, int size) {
        return StateDict.builder().put("w", random(new Random(seed), size)).build();
    }

    private static Tensor random(Random random, int size) {
        Tensor tensor = Tensor.zeros(size);
        for (int i = 0; i < size; i++) {
            tensor.set(random.nextFloat() - 0.5f, i);
        }
        return tensor;
    }

    private static double[][] doubles(Random random, int... lengths) {
        double[][] rows = new double[lengths.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.doubles(lengths[i]).toArray();
        }
        return rows;
    }

    /** Transposed, narrowed, strided, empty, 0-d, and interleaved columns of one storage. */
    private static StateDict views(Random random) {
        Tensor matrix = random(random, 12).reshape(3, 4);
        return StateDict.builder()
                .put("transposed", random(random, 12).reshape(3, 4).transpose(0, 1))
                .put("narrowed", random(random, 12).reshape(3, 4).narrow(1, 1, 2))
                .put("strided", Tensor.strided(random(random, 20).storage(), 1, new int[] {3}, new int[] {6}))
                .put("empty", Tensor.zeros(0, 3))
                .put("scalar", Tensor.scalar(random.nextFloat()))
                .put("even", matrix.select(1, 0))
                .put("odd", matrix.select(1, 1))
                .put("rows", Tensor.wrap(new float[][] {{random.nextFloat(), 2}, {3, 4}, {5, 6}}))
                .put(
                        "columns",
                        Tensor.wrap(new float[][] {{random.nextFloat(), 2}, {3, 4}})
                                .transpose(0, 1))
                .put("double rows", Tensor.wrap(doubles(random, 3, 3)))
                .put("doubles", Tensor.wrap(doubles(random, 40)[0], 40))
                .put("double columns", Tensor.wrap(doubles(random, 6)[0], 2, 3).transpose(0, 1))
                .put("cube", random(random, 24).reshape(2, 3, 4).transpose(0, 2))
                .build();
    }

    private static StateDict contiguous(StateDict dict) {
        var builder = StateDict.builder();
        dict.forEach((key, tensor) -> builder.put(key, tensor.copy()));
        return builder.build();
    }
}
