package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StateDictDiffTest {
    private static StateDict dict(Object... keysAndTensors) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < keysAndTensors.length; i += 2) {
            state.put((String) keysAndTensors[i], (Tensor) keysAndTensors[i + 1]);
        }
        return StateDict.of(state);
    }

    private static StateDictDiff.ValueChange change(Tensor before, Tensor after) {
        return dict("w", before).diff(dict("w", after)).values().get(0);
    }

    @Test
    void nothingDiffersFromItself() {
        StateDict dict = dict("w", tensor(1, Float.NaN, -0f), "empty", Tensor.zeros(0, 2));

        assertThat(dict.diff(dict.copy()).isEmpty()).isTrue();
        assertThat(dict.diff(dict)).hasToString("no difference");
    }

    @Test
    void allKindsOfDifferenceAreListedAndPrintedAsATable() {
        StateDict before = dict(
                        "a", tensor(1), "fc.weight", Tensor.zeros(2, 2), "head.bias", tensor(1, 2), "same", tensor(0))
                .union(StateDict.builder().extraState("fc", "old").build());
        StateDict after = dict(
                        "b",
                        tensor(1),
                        "fc.weight",
                        Tensor.zeros(2, 3),
                        "head.bias",
                        tensor(1, 2.5f),
                        "same",
                        tensor(0))
                .union(StateDict.builder().extraState("fc", "new").build());

        StateDictDiff diff = before.diff(after);

        assertThat(diff.missing()).containsExactly("a");
        assertThat(diff.added()).containsExactly("b");
        assertThat(diff.shapes())
                .containsExactly(new StateDictDiff.ShapeChange("fc.weight", List.of(2, 2), List.of(2, 3)));
        assertThat(diff.values())
                .containsExactly(new StateDictDiff.ValueChange("head.bias", 1, 0.5, 1 << 21, List.of(1)));
        assertThat(diff.extraState()).containsExactly("fc._extra_state");
        assertThat(diff).hasToString("""
                        a                missing in the second
                        b                added in the second
                        fc.weight        shape [2, 2] became [2, 3]
                        head.bias        1 element differs, at most 0.5000 or 2,097,152 ULP, first at [1]
                        fc._extra_state  extra state differs""");
    }

    @Test
    void versionsDifferWhereOneIsNot1() {
        StateDict before = StateDict.builder().version("fc", 1).build();
        StateDict after = StateDict.builder().version("", 2).version("bn", 3).build();

        assertThat(StateDict.builder().build().diff(before).isEmpty()).isTrue();
        assertThat(before.diff(after).versions())
                .containsExactly(
                        new StateDictDiff.VersionChange("", 1, 2), new StateDictDiff.VersionChange("bn", 1, 3));
        assertThat(before.diff(after)).hasToString("(root)  version 1 became 2\nbn      version 1 became 3");
    }

    @Test
    void aLongTableIsCutAndTheDataIsWhole() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        IntStream.range(0, 25).forEach(i -> state.put("k" + i, tensor(i)));

        StateDictDiff diff = StateDict.of(state).diff(StateDict.of(Map.of()));

        assertThat(diff.toString().lines()).hasSize(21).last().isEqualTo("... and 5 more differences.");
        assertThat(diff.missing()).hasSize(25);
    }

    @Test
    void theFirstDifferentElementIsGivenByItsIndices() {
        Tensor before = Tensor.zeros(2, 3, 2);
        Tensor after = Tensor.zeros(2, 3, 2);
        after.set(1, 1, 0, 1);
        after.set(1, 1, 2, 0);

        assertThat(change(before, after).firstIndex()).containsExactly(1, 0, 1);
        assertThat(change(before, after).count()).isEqualTo(2);
        assertThat(change(Tensor.scalar(0), Tensor.scalar(1)).firstIndex()).isEmpty();
    }

    @Test
    void viewsAreComparedByTheirElements() {
        Tensor matrix = Tensor.wrap(new float[] {1, 2, 3, 4}, 2, 2);

        assertThat(dict("w", matrix.transpose(0, 1))
                        .diff(dict("w", Tensor.wrap(new float[] {1, 3, 2, 4}, 2, 2)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void ulpsAreCountedAcrossZeroAndBetweenNeighbours() {
        assertThat(change(tensor(1), tensor(Math.nextUp(1f))).maxUlp()).isEqualTo(1);
        assertThat(change(tensor(0f), tensor(-0f)).maxUlp()).isEqualTo(1);
        assertThat(change(tensor(0f), tensor(-0f)).maxAbsolute()).isZero();
        assertThat(change(tensor(-Float.MIN_VALUE), tensor(Float.MIN_VALUE)).maxUlp())
                .isEqualTo(3);
        assertThat(change(tensor(-1), tensor(1)).maxUlp()).isEqualTo(2L * Float.floatToIntBits(1f) + 1);
        assertThat(change(tensor(Float.MAX_VALUE), tensor(Float.POSITIVE_INFINITY))
                        .maxUlp())
                .isEqualTo(1);
    }

    @Test
    void aNaNAgainstANumberHasNoAbsoluteDifference() {
        assertThat(change(tensor(1, Float.NaN), tensor(3, 0)).maxAbsolute()).isNaN();
        assertThat(change(tensor(1, Float.NaN), tensor(3, Float.NaN)).maxAbsolute())
                .isEqualTo(2);
    }

    @Test
    void theLargestDifferenceOfEachKindIsGiven() {
        StateDictDiff.ValueChange change = change(tensor(0, 1000), tensor(1e-20f, 1001));

        assertThat(change.maxAbsolute()).isEqualTo(1);
        assertThat(change.maxUlp()).isEqualTo(Float.floatToIntBits(1e-20f));
    }
}
