package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Modules.Linear;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadReportTest {
    private final Linear linear = new Linear(Tensor.zeros(1, 2), Tensor.zeros(1));

    @Test
    void itStartsAsPyTorchsDoes() {
        assertThat(linear.loadStateDict(linear.stateDict(Policy.COPY)))
                .hasToString("<All keys matched successfully>\n2 keys applied");
        assertThat(linear.loadStateDict(Map.of("bias", tensor(1), "it's", tensor(1)), LoadOptions.lenient()))
                .hasToString("_IncompatibleKeys(missing_keys=['weight'], unexpected_keys=[\"it's\"])\n1 key applied");
    }

    @Test
    void theReportOfALoadThatWasMadeSurvivesSerialisation() throws IOException, ClassNotFoundException {
        LoadReport report = linear.loadStateDict(linear.stateDict(Policy.COPY));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(report);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(report);
        }
        assertThat(report.applied()).containsExactly("weight", "bias");
        assertThatThrownBy(() -> report.applied().add("more")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aSkippedKeyIsReportedWithBothShapesAndKeepsItsValue() {
        Map<String, Tensor> state = Map.of("weight", Tensor.zeros(3, 2), "bias", tensor(1));

        LoadReport report = linear.loadStateDict(state, LoadOptions.strict().skipMismatched("*"));

        assertThat(report.applied()).containsExactly("bias");
        assertThat(report.skipped()).containsExactly(new LoadReport.Skipped("weight", List.of(3, 2), List.of(1, 2)));
        assertThat(report)
                .hasToString("_IncompatibleKeys(missing_keys=[], unexpected_keys=[])\n"
                        + "1 key applied\n"
                        + "1 key skipped for the shape: weight: [3, 2] for [1, 2]");
    }

    @Test
    void renamedKeysAreReportedAsTheDictHasThem() {
        Map<String, Tensor> state = Map.of("module.w", Tensor.zeros(1, 2), "module.bias", tensor(1), "zz", tensor(0));

        LoadReport report = linear.loadStateDict(
                state, LoadOptions.lenient().withPrefix("module.").rename("w", "weight"));

        assertThat(report.renamed()).isEqualTo(Map.of("module.w", "weight", "module.bias", "bias"));
        assertThat(report.unexpected()).containsExactly("zz");
        assertThat(report.toString()).endsWith("2 keys renamed: module.bias=bias, module.w=weight");
    }

    @Test
    void retiredKeysAreReported() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("w", tensor(1));
            visitor.retired("position_ids");
        });

        assertThat(module.loadStateDict(Map.of("w", tensor(2), "position_ids", tensor(0))))
                .hasToString("<All keys matched successfully>\n1 key applied\n1 key retired: position_ids");
    }

    @Test
    void longListsAreCut() {
        Map<String, Tensor> state = new LinkedHashMap<>(linear.stateDict(Policy.COPY));
        IntStream.range(0, 5000).forEach(i -> state.put("k" + i, tensor(0)));

        LoadReport report = linear.loadStateDict(state, LoadOptions.lenient());

        assertThat(report)
                .hasToString(
                        "_IncompatibleKeys(missing_keys=[], unexpected_keys=['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6',"
                                + " 'k7', ... and 4,992 more])\n"
                                + "2 keys applied");
        assertThat(report.unexpected()).hasSize(5000);
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void anAliasDictThatComesHomeIsTheNoOpThatItIs(Policy policy) {
        StateDict best = linear.stateDict(Policy.ALIAS);
        linear.weight.fill(9);

        LoadReport report = linear.loadStateDict(best, policy);

        assertThat(linear.weight.toArray()).containsExactly(9, 9);
        assertThat(report.applied()).containsExactly("weight", "bias");
        assertThat(report.unchanged()).containsExactly("weight", "bias");
        assertThat(report)
                .hasToString("<All keys matched successfully>\n"
                        + "2 keys applied\n"
                        + "2 keys unchanged: the dict holds the module's own tensors, as an ALIAS dict does; keep a COPY to go"
                        + " back to");
    }

    @Test
    void itsCountersAndExtraStateAreRestoredForTheyCannotAlias() {
        Everything module = new Everything();
        StateDict best = module.child.stateDict(Policy.ALIAS);
        module.child.step = 99;
        module.child.vocabulary = null;

        LoadReport report = module.child.loadStateDict(best);

        assertThat(module.child.step).isEqualTo(4);
        assertThat(module.child.vocabulary).isEqualTo(Map.of("hello", "1"));
        assertThat(report.toString())
                .endsWith("keep a COPY to go back to\n"
                        + "5 keys restored: ready, epoch, step, temperature, _extra_state");
    }

    @Test
    void aCopyIsNoNoOp() {
        LoadReport report = linear.loadStateDict(linear.stateDict(Policy.COPY));

        assertThat(report.unchanged()).isEmpty();
    }

    @Test
    void theListsCannotBeChanged() {
        LoadReport report = linear.loadStateDict(linear.stateDict(Policy.COPY));

        assertThatThrownBy(() -> report.applied().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> report.tied().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
