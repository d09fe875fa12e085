package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places that overlap cannot each have a value of their own: the report says which have what the dict had for them. */
class OverlappingPlacesTest {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private static Stateful module(Map<String, Tensor> members) {
        return Modules.visiting(visitor -> members.forEach(visitor::parameter));
    }

    private static Map<String, Tensor> ordered(String key, Tensor first, String other, Tensor second) {
        Map<String, Tensor> map = new LinkedHashMap<>();
        map.put(key, first);
        map.put(other, second);
        return map;
    }

    @Test
    void whatContradictsALaterViewIsNotApplied() {
        Tensor fused = tensor(1, 2, 3);
        Stateful module = module(ordered("qkv", fused, "q", fused.narrow(0, 0, 1)));

        LoadReport report = module.loadStateDict(Map.of("qkv", tensor(10, 20, 30), "q", tensor(77)));

        assertThat(fused.toArray()).containsExactly(77, 20, 30);
        assertThat(report.applied()).containsExactly("q");
        assertThat(report.overlapping()).isEqualTo(Map.of("qkv", "q"));
        assertThat(report)
                .hasToString("_IncompatibleKeys(missing_keys=[], unexpected_keys=[])\n"
                        + "1 key applied\n"
                        + "1 key overlapping, in part with the value of another: qkv=q");
    }

    @Test
    void viewsThatAgreeAreNoConflict() {
        Tensor fused = tensor(1, 2, 3);
        Stateful module = module(ordered("qkv", fused, "q", fused.narrow(0, 0, 1)));

        LoadReport report = module.loadStateDict(Map.of("qkv", tensor(10, 20, 30), "q", tensor(10)));

        assertThat(report).hasToString("<All keys matched successfully>\n2 keys applied");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRowBesideTheRowsIsFoundInWhicheverOrderTheyStand(boolean rowsFirst) {
        float[][] weights = {{1, 2}, {3, 4}};
        Tensor rows = Tensor.wrap(weights);
        Tensor row = Tensor.wrap(weights[1], 2);
        Stateful module = module(rowsFirst ? ordered("rows", rows, "row", row) : ordered("row", row, "rows", rows));
        StateDict contradicting = StateDict.of(
                rowsFirst
                        ? ordered("rows", Tensor.zeros(2, 2), "row", tensor(7, 8))
                        : ordered("row", tensor(7, 8), "rows", Tensor.zeros(2, 2)));

        StateDict snapshot = module.stateDict(Policy.COPY);
        LoadReport report = module.loadStateDict(contradicting);

        assertThat(snapshot.get("rows").sharesStorageWith(snapshot.get("row"))).isTrue();
        assertThat(report.overlapping()).isEqualTo(rowsFirst ? Map.of("rows", "row") : Map.of("row", "rows"));
        assertThat(weights[1]).containsExactly(rowsFirst ? new float[] {7, 8} : new float[] {0, 0});
    }

    @Test
    void onlyAPlaceThatStandsInTheWayIsNamed() {
        Tensor fused = tensor(1, 2, 3);
        Map<String, Tensor> members = ordered("fused", fused, "last", fused.narrow(0, 2, 1));
        members.put("beaten", fused.narrow(0, 0, 1));
        members.put("agreeing", fused.narrow(0, 0, 1));
        Map<String, Tensor> state = ordered("fused", tensor(10, 20, 30), "last", tensor(99));
        state.put("beaten", tensor(77));
        state.put("agreeing", tensor(10));

        LoadReport report = module(members).loadStateDict(state);

        assertThat(fused.toArray()).containsExactly(10, 20, 99);
        assertThat(report.overlapping()).isEqualTo(Map.of("fused", "last"));
        assertThat(report.tied()).isEqualTo(Map.of("beaten", "agreeing"));
        assertThat(report.applied()).containsExactly("last", "agreeing");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRowThatStandsTwiceIsRefusedWhateverIsGiven(boolean transposed) throws IOException {
        float[] row = {1, 2};
        Tensor rows = Tensor.wrap(new float[][] {row, row});
        Tensor place = transposed ? rows.transpose(0, 1) : rows;
        Stateful module = module(ordered("w", place, "other", tensor(0)));
        Tensor agreeing = Tensor.wrap(new float[] {3, 4, 3, 4}, 2, 2);
        Tensor differing = Tensor.wrap(new float[] {5, 6, 7, 8}, 2, 2);

        for (Tensor given : List.of(transposed ? agreeing.transpose(0, 1) : agreeing, differing)) {
            assertThatThrownBy(() -> module.loadStateDict(Map.of("w", given, "other", tensor(1))))
                    .isInstanceOf(StateDictLoadException.class)
                    .hasMessage(saidByPytorch("expanded")
                            .replace("for Module:", "for Visiting:")
                            .replace("torch.Size([3])", "torch.Size([2, 2])"));
            assertThat(row).containsExactly(1, 2);
        }
    }

    @Test
    void rowsThatAreTransposedDoNotOverlap() {
        float[][] rows = {{1, 2}, {3, 4}};

        module(Map.of("w", Tensor.wrap(rows).transpose(0, 1)))
                .loadStateDict(Map.of("w", Tensor.wrap(new float[] {5, 6, 7, 8}, 2, 2)));

        assertThat(rows).isDeepEqualTo(new float[][] {{5, 7}, {6, 8}});
    }

    @Test
    void columnsOfOneMatrixDoNotOverlap() {
        Tensor matrix = Tensor.zeros(2, 2);
        Stateful module = module(ordered("a", matrix.narrow(1, 0, 1), "b", matrix.narrow(1, 1, 1)));

        LoadReport report = module.loadStateDict(
                Map.of("a", Tensor.wrap(new float[] {1, 2}, 2, 1), "b", Tensor.wrap(new float[] {3, 4}, 2, 1)));

        assertThat(report).hasToString("<All keys matched successfully>\n2 keys applied");
        assertThat(matrix.toArray()).containsExactly(1, 3, 2, 4);
    }

    @Test
    void underAliasEachBecomesWhatTheDictHas() {
        Tensor fused = tensor(1, 2, 3);
        Map<String, Tensor> members = ordered("qkv", fused, "q", fused.narrow(0, 0, 1));
        Stateful module = Modules.of(
                visitor -> members.forEach(visitor::parameter), assigner -> members.replaceAll(assigner::field));

        LoadReport report = module.loadStateDict(Map.of("qkv", tensor(10, 20, 30), "q", tensor(77)), Policy.ALIAS);

        assertThat(report).hasToString("<All keys matched successfully>\n2 keys applied");
    }

    @Test
    void aPlaceThatOverlapsItselfIsRefusedAsByPyTorch() throws IOException {
        float[] array = new float[1];
        Tensor expanded = TENSORS.strided(array, 0, new int[] {3}, new int[] {0});

        assertThatThrownBy(() -> module(Map.of("w", expanded)).loadStateDict(Map.of("w", tensor(1, 2, 3))))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessage(saidByPytorch("expanded").replace("for Module:", "for Visiting:"));
        assertThat(array).containsExactly(0);
    }

    @Test
    void soIsOneWhoseOverlapPytorchDoesNotSee() throws IOException {
        Tensor sliding = TENSORS.strided(new float[3], 0, new int[] {2, 2}, new int[] {1, 1});

        assertThat(saidByPytorch("sliding")).isEqualTo("nothing");
        assertThatThrownBy(() -> module(Map.of("w", sliding)).loadStateDict(Map.of("w", Tensor.zeros(2, 2))))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessage(saidByPytorch("expanded")
                        .replace("for Module:", "for Visiting:")
                        .replace("torch.Size([3])", "torch.Size([2, 2])"));
    }

    @Test
    void soIsOneThatGoesByLargerStepsWithoutTouchingWhatLiesBetween() {
        float[] array = new float[8];
        Tensor sliding = TENSORS.strided(array, 0, new int[] {2, 3}, new int[] {2, 2});

        assertThatThrownBy(() -> module(Map.of("w", sliding)).loadStateDict(Map.of("w", Tensor.zeros(2, 3))))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("torch.Size([2, 3])");
    }

    /** What {@code make-overlapping.py} printed for a place. */
    private static String saidByPytorch(String place) throws IOException {
        try (InputStream file = OverlappingPlacesTest.class.getResourceAsStream("overlapping.txt")) {
            String all = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            int start = all.indexOf(place + "\n") + place.length() + 1;
            return all.substring(start, all.indexOf("\n----\n", start));
        }
    }

    @Test
    void stridesThatInterleaveWithoutMeetingDoNotOverlap() {
        float[] array = new float[8];
        Tensor woven = TENSORS.strided(array, 0, new int[] {2, 3}, new int[] {3, 2});

        module(Map.of("w", woven)).loadStateDict(Map.of("w", Tensor.wrap(new float[] {1, 2, 3, 4, 5, 6}, 2, 3)));

        assertThat(woven.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void whateverViewsOverlapWhatIsAppliedHasTheDictsValues() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            ElementType type = ElementType.values()[random.nextInt(5)];
            Tensor storage = Tensor.zeros(type, 12);
            Map<String, Tensor> members = new LinkedHashMap<>();
            Map<String, Tensor> state = new LinkedHashMap<>();
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                int start = random.nextInt(12);
                Tensor view = storage.narrow(0, start, 1 + random.nextInt(12 - start));
                Tensor given = Tensor.zeros(type, view.shape());
                given.fillLong(random.nextInt(2));
                members.put("m" + i, view);
                state.put("m" + i, given);
            }

            LoadReport report = module(members).loadStateDict(state);

            members.forEach((key, view) -> {
                boolean stands = view.contentEquals(state.get(key));
                String about = key + " of " + report + ", seed " + seed;
                if (report.applied().contains(key)) {
                    assertThat(stands).as(about).isTrue();
                } else if (!report.tied().containsKey(key)) {
                    assertThat(stands).as(about).isFalse();
                    assertThat(report.overlapping()).as(about).containsKey(key);
                }
            });
            assertThat(report.applied()).containsAnyOf(members.keySet().toArray(String[]::new));
        }
    }
}
