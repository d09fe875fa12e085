package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tools of state dicts on entries of every element type. */
class StateDictTypesTest {
    private static StateDict of(Tensor... tensors) {
        StateDictBuilder builder = StateDict.builder();
        for (int i = 0; i < tensors.length; i++) {
            builder.put("t" + i, tensors[i]);
        }
        return builder.build();
    }

    @Test
    void aBuilderTakesTheTypeOfTheTensorForTheStoredOne() {
        for (ElementType type : ElementType.values()) {
            assertThat(of(Tensor.zeros(type, 1)).storedType("t0")).isEqualTo(StoredType.of(type));
        }
        StateDict half = StateDict.builder()
                .put("h", Tensor.zeros(1), Role.BUFFER, StoredType.F16)
                .build();
        assertThat(half.storedType("h")).isEqualTo(StoredType.F16);
    }

    @Test
    void theDigestOfFloatsIsWhatItWasAndEveryOtherTypeIsMarked() {
        // made before there were other types
        assertThat(of(tensor(1, 2)).digest())
                .isEqualTo("bb8cc4f33a4bb21f188f12c4dd941f920c1d5fcd4f44f1fa634800b3586a514f");
        Set<String> digests = new HashSet<>();
        for (ElementType type : ElementType.values()) {
            digests.add(of(Tensor.zeros(type, 2)).digest());
        }
        assertThat(digests).hasSize(5);
        assertThat(of(Tensor.scalarLong(1L << 40)).digest())
                .isNotEqualTo(of(Tensor.scalarLong(1L << 41)).digest());
        assertThat(of(Tensor.scalar(0.1)).digest())
                .isNotEqualTo(of(Tensor.scalar((double) 0.1f)).digest());
        double[][] rows = {{1, 2}, {3, 4}};
        assertThat(of(Tensor.wrap(rows)).digest())
                .isEqualTo(of(Tensor.wrap(new double[] {1, 2, 3, 4}, 2, 2)).digest());
    }

    @Test
    void aDifferenceIsToldInUnitsOfTheType() {
        StateDict one = of(
                Tensor.wrap(new double[] {1, 2}, 2),
                Tensor.wrap(new long[] {Long.MIN_VALUE, 5}, 2),
                Tensor.wrap(new int[] {3, 4}, 2),
                Tensor.wrap(new boolean[] {true, false}, 2),
                tensor(1));
        StateDict other = of(
                Tensor.wrap(new double[] {1, Math.nextUp(2.0)}, 2),
                Tensor.wrap(new long[] {Long.MAX_VALUE, 5}, 2),
                Tensor.wrap(new int[] {3, 7}, 2),
                Tensor.wrap(new boolean[] {false, false}, 2),
                Tensor.wrap(new double[] {1}, 1));

        StateDictDiff diff = one.diff(other);

        assertThat(diff.types()).containsExactly(new StateDictDiff.TypeChange("t4", ElementType.F32, ElementType.F64));
        assertThat(diff.values())
                .containsExactly(
                        new StateDictDiff.ValueChange("t0", 1, Math.ulp(2.0), 1, List.of(1)),
                        new StateDictDiff.ValueChange("t1", 1, 0x1p64, Long.MAX_VALUE, List.of(0)),
                        new StateDictDiff.ValueChange("t2", 1, 3, 3, List.of(1)),
                        new StateDictDiff.ValueChange("t3", 1, 1, 1, List.of(0)));
        assertThat(diff.toString()).startsWith("t4  F32 became F64\n");
        assertThat(one.diff(one.copy()).isEmpty()).isTrue();
        assertThat(one.contentEquals(other)).isFalse();
    }

    @Test
    void lerpAndAverageComputeDoublesAsDoublesAndLeaveWholeNumbers() {
        StateDict one =
                of(Tensor.wrap(new double[] {0.1, 1}, 2), Tensor.wrap(new int[] {1, 2}, 2), Tensor.wrap(new double[][] {
                    {1}, {2}
                }));
        StateDict other =
                of(Tensor.wrap(new double[] {0.3, 2}, 2), Tensor.wrap(new int[] {5, 6}, 2), Tensor.wrap(new double[][] {
                    {3}, {6}
                }));

        StateDict middle = one.lerp(other, 0.5);
        StateDict mean = StateDict.average(List.of(one, other));

        assertThat(middle.get("t0").toDoubleArray()).containsExactly(Math.fma(-0.5, 0.3 - 0.1, 0.3), 1.5);
        assertThat(mean.get("t0").toDoubleArray()).containsExactly((0.1 + 0.3) / 2, 1.5);
        assertThat(mean.get("t1").toIntArray()).containsExactly(1, 2);
        assertThat(middle.get("t2").toDoubleArray()).containsExactly(2, 4);
        assertThat(mean.get("t2").toDoubleArray()).containsExactly(2, 4);
    }

    @Test
    void toolsThatLetTensorsFlowRefuseAnotherType() {
        assertThatThrownBy(() -> of(tensor(1)).copyTo(of(Tensor.wrap(new double[1], 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the dicts differ: \"t0\" is F32 in the first and F64 in the second");
    }

    @Test
    void toConvertsFloatingPointEntriesAndKeepsTies() {
        Tensor tied = tensor(1, 2);
        StateDict dict = StateDict.builder()
                .put("a", tied)
                .put("b", tied.reshape(2))
                .put("ids", Tensor.wrap(new int[] {7}, 1), Role.BUFFER, StoredType.I32)
                .put("half", tensor(0.5f), Role.BUFFER, StoredType.F16)
                .extraState("", "note")
                .version("", 2)
                .build();

        StateDict doubles = dict.to(ElementType.F64);

        assertThat(doubles.policy()).isEqualTo(Policy.COPY);
        assertThat(doubles.get("a").toDoubleArray()).containsExactly(1, 2);
        assertThat(doubles.get("a").sharesStorageWith(doubles.get("b"))).isTrue();
        assertThat(doubles.get("ids").elementType()).isEqualTo(ElementType.I32);
        assertThat(doubles.get("ids").sharesStorageWith(dict.get("ids"))).isFalse();
        assertThat(doubles.storedType("a")).isEqualTo(StoredType.F64);
        assertThat(doubles.storedType("half")).isEqualTo(StoredType.F16);
        assertThat(doubles.role("half")).isEqualTo(Role.BUFFER);
        assertThat(doubles.to(ElementType.F32).contentEquals(dict)).isTrue();
        assertThatThrownBy(() -> of(Tensor.wrap(new double[] {1, 0.1}, 2)).to(ElementType.F32))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage(
                        "\"t0\": the element at [1] is 0.1, which F32 does not hold exactly; keep F64, or round first");
        assertThatThrownBy(() -> dict.to(ElementType.I64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("I64 is no floating-point type; convert single tensors by Tensor.to, or give F32 or F64");
    }
}
