package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.io.KeyMapping;
import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a load says of the caller's keys when a mapping made others of them, and what a mapping is not shown. */
class LoadWithMappingTest {
    private final Tensor a = tensor(1);
    private final Tensor b = tensor(2);
    private final Tensor kept = tensor(3);
    private final Stateful module = Modules.visiting(visitor -> {
        visitor.parameter("a", a);
        visitor.parameter("b", b);
        visitor.parameter("kept", kept);
    });

    private static LoadOptions under(StateMapping mapping) {
        return LoadOptions.strict().withMapping(mapping);
    }

    private static StateMapping.Result swapped(StateDict given) {
        StateDict swapped = StateDict.builder()
                .put("a", given.get("b"))
                .put("b", given.get("a"))
                .put("kept", given.get("kept"))
                .build();
        return new StateMapping.Result(
                swapped,
                Map.of("a", List.of("b"), "b", List.of("a"), "kept", List.of("kept")),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void keysThatAMappingSwapsAreReportedEachUnderTheOther() {
        LoadReport report = module.loadStateDict(
                Map.of("a", tensor(4), "b", tensor(5), "kept", tensor(6)), under(LoadWithMappingTest::swapped));

        assertThat(report.applied()).containsExactly("a", "b", "kept");
        assertThat(report.renamed()).isEqualTo(Map.of("a", "b", "b", "a"));
        assertThat(List.of(a.item(), b.item(), kept.item())).containsExactly(5f, 4f, 6f);
    }

    @Test
    void aPlainMapIsMappedAsADictIs() {
        Map<String, Tensor> state = Map.of("old", tensor(4), "b", tensor(5), "kept", tensor(6));

        LoadReport report = module.loadStateDict(state, under(KeyMapping.empty().withRename("old", "a")));

        assertThat(report.renamed()).isEqualTo(Map.of("old", "a"));
        assertThat(a.item()).isEqualTo(4);
    }

    @Test
    void whatIsNoTensorIsRefusedUnderAMappingToo() {
        Map<String, Tensor> state = new LinkedHashMap<>(Map.of("old", tensor(4), "kept", tensor(6)));
        state.put("b", null);

        assertThatThrownBy(() ->
                        module.loadStateDict(state, under(KeyMapping.empty().withRename("old", "a"))))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessage("Error(s) in loading state_dict for Visiting:\n"
                        + "\tWhile copying the parameter named \"b\", expected torch.Tensor or Tensor-like object from"
                        + " checkpoint but received null");
        assertThat(a.item()).isEqualTo(1);
    }

    @Test
    void whatIsNoTensorAndWhatAMappingMakesUnderItsKeyAreToldAsOneName() {
        Map<String, Tensor> state = new LinkedHashMap<>(Map.of("a", tensor(4), "old", tensor(5), "kept", tensor(6)));
        state.put("b", null);

        assertThatThrownBy(() ->
                        module.loadStateDict(state, under(KeyMapping.empty().withRename("old", "b"))))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("The keys \"b\" and \"old\" both become \"b\".");
    }
}
