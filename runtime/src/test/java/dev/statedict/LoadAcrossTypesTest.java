package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An entry has the member's own element type; a load converts what stays exact, and rounds by option. */
class LoadAcrossTypesTest {
    private final Tensor f32 = Tensor.zeros(2, 2);
    private final double[] f64 = new double[2];
    private int[] i32 = new int[2];
    private final long[] i64 = new long[2];
    private final boolean[] bool = new boolean[2];
    private double scale = 1;
    private float rate = 1;
    private long steps = 1;
    private final Stateful module = Modules.of(
            visitor -> {
                visitor.parameter("f32", f32);
                visitor.parameter("f64", f64);
                visitor.buffer("i32", i32);
                visitor.buffer("i64", i64);
                visitor.buffer("bool", bool);
                visitor.parameter("scale", scale);
                visitor.counter("rate", rate);
                visitor.counter("steps", steps);
            },
            assigner -> {
                i32 = assigner.field("i32", i32);
                scale = assigner.field("scale", scale);
                rate = assigner.field("rate", rate);
                steps = assigner.field("steps", steps);
            });

    private static Map<String, Tensor> state(ElementType type, long value) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (String key : new String[] {"f32", "f64", "i32", "i64", "bool", "scale", "rate", "steps"}) {
            int[] shape =
                    key.equals("f32") ? new int[] {2, 2} : key.matches("scale|rate|steps") ? new int[0] : new int[] {2};
            Tensor tensor = Tensor.zeros(type, shape);
            tensor.fillLong(value);
            state.put(key, tensor);
        }
        return state;
    }

    @Test
    void everyTypeLoadsIntoEveryOtherWhereTheValuesFit() {
        for (ElementType type : ElementType.values()) {
            for (long value : new long[] {1, 0}) {
                LoadReport report = module.loadStateDict(state(type, value));

                assertThat(report.applied()).hasSize(8);
                assertThat(f32.toArray()).containsOnly(value);
                assertThat(f64).containsOnly(value);
                assertThat(i32).containsOnly((int) value);
                assertThat(i64).containsOnly(value);
                assertThat(bool).containsOnly(value == 1);
                assertThat(scale).isEqualTo(value);
                assertThat(rate).isEqualTo(value);
                assertThat(steps).isEqualTo(value);
            }
        }
    }

    @Test
    void whatIsNotExactIsNamedWithIndexAndValueAllAtOnce() {
        Map<String, Tensor> state = state(ElementType.F64, 1);
        state.put("f32", Tensor.wrap(new double[] {1, 2, 0.1, 4}, 2, 2));
        state.put("i32", Tensor.wrap(new double[] {1, 2.5}, 2));
        state.put("i64", Tensor.wrap(new double[] {0x1p63, 0}, 2));
        state.put("bool", Tensor.wrap(new double[] {1, 2}, 2));
        state.put("f64", Tensor.wrap(new long[] {0, (1L << 53) + 1}, 2));
        state.put("rate", Tensor.scalar(0.1));
        state.put("steps", Tensor.scalar(0.1));
        state.put("scale", Tensor.scalarLong(Long.MAX_VALUE));

        assertThatThrownBy(() -> module.loadStateDict(state))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageStartingWith("Error(s) in loading state_dict for ")
                .hasMessageContaining("""
                        \tWhile copying the parameter named "f32", the element at [1, 0] is 0.1, which F32 does not hold\
                         exactly (the dict has F64). LoadOptions.allowRounding() takes the nearest that it has.
                        \tWhile copying the parameter named "f64", the element at [1] is 9007199254740993, which F64 does\
                         not hold exactly (the dict has I64). LoadOptions.allowRounding() takes the nearest that it has.
                        \tWhile assigning the parameter named "scale", expected a double but received\
                         9223372036854775807. LoadOptions.allowRounding() takes the nearest that it has.
                        \tWhile copying the parameter named "i32", the element at [1] is 2.5, which I32 does not hold\
                         exactly (the dict has F64).
                        \tWhile copying the parameter named "i64", the element at [0] is 9223372036854775808, which I64\
                         does not hold exactly (the dict has F64).
                        \tWhile copying the parameter named "bool", the element at [1] is 2, which BOOL does not hold\
                         exactly (the dict has F64).
                        \tWhile assigning the counter named "rate", expected a float but received 0.1.\
                         LoadOptions.allowRounding() takes the nearest that it has.
                        \tWhile assigning the counter named "steps", expected a long but received 0.1.""");
        assertThat(f32.toArray()).containsOnly(0);
        assertThat(scale).isEqualTo(1);
    }

    @Test
    void roundingIsToFloatingPointTypesAlone() {
        Map<String, Tensor> state = state(ElementType.F64, 1);
        state.put("f32", Tensor.wrap(new double[] {1, 2, 0.1, Double.NEGATIVE_INFINITY}, 2, 2));
        state.put("f64", Tensor.wrap(new long[] {0, (1L << 53) + 1}, 2));
        state.put("rate", Tensor.scalar(0.1));

        module.loadStateDict(state, LoadOptions.strict().allowRounding());

        assertThat(f32.toArray()).containsExactly(1, 2, 0.1f, Float.NEGATIVE_INFINITY);
        assertThat(f64[1]).isEqualTo(0x1p53);
        assertThat(rate).isEqualTo(0.1f);

        state.put("steps", Tensor.scalar(0.1));
        state.put("i32", Tensor.wrap(new double[] {1, 2.5}, 2));
        state.put("f32", Tensor.wrap(new double[] {1, 1e39, 0, 0}, 2, 2));
        assertThatThrownBy(
                        () -> module.loadStateDict(state, LoadOptions.strict().allowRounding()))
                .hasMessageEndingWith(
                        """
                        \tWhile copying the parameter named "f32", the element at [0, 1] is\
                         1000000000000000000000000000000000000000, which F32 does not hold exactly (the dict has F64).
                        \tWhile copying the parameter named "i32", the element at [1] is 2.5, which I32 does not hold\
                         exactly (the dict has F64).
                        \tWhile assigning the counter named "steps", expected a long but received 0.1.""".replace("1000000000000000000000000000000000000000", new BigDecimal(1e39).toPlainString()));
    }

    @Test
    void aliasNeverConverts() {
        Map<String, Tensor> state = Map.of("w", Tensor.zeros(ElementType.F64, 2));
        Tensor[] w = {tensor(1, 2)};
        Stateful net =
                Modules.of(visitor -> visitor.parameter("w", w[0]), assigner -> w[0] = assigner.field("w", w[0]));

        assertThatThrownBy(() -> net.loadStateDict(state, Policy.ALIAS))
                .hasMessageEndingWith("\tWhile assigning the parameter named \"w\", expected F32 but the dict has F64:"
                        + " Policy.ALIAS never converts. Load it with Policy.COPY, or convert it by"
                        + " to(ElementType.F32).");
        assertThat(w[0].toArray()).containsExactly(1, 2);
        net.loadStateDict(state);
        assertThat(w[0].toArray()).containsExactly(0, 0);
    }

    @Test
    void aliasAdoptsTheArrayOfAnyType() {
        int[] given = {5, 6};
        Stateful net = Modules.of(visitor -> visitor.buffer("i32", i32), assigner -> i32 = assigner.field("i32", i32));

        net.loadStateDict(Map.of("i32", Tensor.wrap(given, 2)), Policy.ALIAS);
        assertThat(i32).isSameAs(given);

        assertThatThrownBy(() -> net.loadStateDict(
                        Map.of("i32", Tensor.wrap(new int[3], 3).narrow(0, 1, 2)), Policy.ALIAS))
                .hasMessageEndingWith(
                        "\tWhile assigning the array named \"i32\", expected a tensor that is the whole of"
                                + " its storage but received a view of shape [2] at offset 1 of 3 elements. Load it with"
                                + " Policy.COPY.");
        assertThatThrownBy(() -> net.loadStateDict(
                        Map.of("i32", Tensor.wrap(new int[2][1]).reshape(2)), Policy.ALIAS))
                .hasMessageEndingWith(
                        "\tWhile assigning the array named \"i32\", expected a tensor that is the whole of"
                                + " its storage but received one of shape [2] on 2 rows. Load it with Policy.COPY.");
    }

    @Test
    void aConvertedSourceMayLieInThePlacesThatAreWritten() {
        // crossed, and one of them converted
        double[] a = {1, 2};
        float[] b = {3, 4};
        Stateful net = Modules.visiting(visitor -> {
            visitor.parameter("a", a);
            visitor.parameter("b", b);
        });

        net.loadStateDict(Map.of("a", Tensor.wrap(b, 2), "b", Tensor.wrap(a, 2)));

        assertThat(a).containsExactly(3, 4);
        assertThat(b).containsExactly(1, 2);
    }

    @Test
    void rowsLoadFromFlatTensorsAndBack() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            double[][] rows = new double[1 + random.nextInt(5)][1 + random.nextInt(5)];
            Tensor place = Tensor.wrap(rows);
            Stateful net = Modules.visiting(visitor -> visitor.parameter("w", place));
            Tensor given = Tensor.wrap(
                    random.doubles((long) rows.length * rows[0].length).toArray(), rows.length, rows[0].length);

            net.loadStateDict(net.stateDict().toBuilder().replace("w", given).build());

            assertThat(place.contentEquals(given)).as("seed %d", seed).isTrue();
            StateDict copy = net.stateDict(Policy.COPY);
            rows[0][0] = -1;
            assertThat(copy.get("w").contentEquals(given)).as("seed %d", seed).isTrue();
            assertThat(copy.get("w").sharesStorageWith(place)).isFalse();
            net.loadStateDict(copy);
            assertThat(rows[0][0]).isEqualTo(given.getDouble(0, 0));
        }
    }

    @Test
    void rowsThatAreCrossedAreSwapped() {
        float[] one = {1, 2};
        float[] other = {3, 4};
        Stateful net = Modules.visiting(visitor -> {
            visitor.parameter("a", Tensor.wrap(one, 2));
            visitor.parameter("b", Tensor.wrap(new float[][] {other, new float[2]}));
        });

        net.loadStateDict(Map.of("a", Tensor.wrap(other, 2), "b", Tensor.wrap(new float[][] {one, {5, 6}})));

        assertThat(one).containsExactly(3, 4);
        assertThat(other).containsExactly(1, 2);
    }
}
