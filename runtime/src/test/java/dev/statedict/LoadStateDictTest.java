package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Modules.Linear;
import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadStateDictTest {
    private final Linear linear = new Linear(Tensor.wrap(new float[] {1, 2}, 1, 2), Tensor.wrap(new float[] {3}, 1));

    private static Tensor tensor(float... values) {
        return Tensor.wrap(values, values.length);
    }

    @Test
    void copyWritesIntoTheModulesTensors() {
        Tensor weight = linear.weight;

        LoadReport report =
                linear.loadStateDict(Map.of("weight", Tensor.wrap(new float[] {4, 5}, 1, 2), "bias", tensor(6)));

        assertThat(linear.weight).isSameAs(weight);
        assertThat(weight.toArray()).containsExactly(4, 5);
        assertThat(report.applied()).containsExactly("weight", "bias");
    }

    @Test
    void aliasAdoptsTheDictsTensors() {
        Tensor weight = Tensor.wrap(new float[] {4, 5}, 1, 2);

        linear.loadStateDict(Map.of("weight", weight, "bias", tensor(6)), Policy.ALIAS);

        assertThat(linear.weight).isSameAs(weight);
    }

    @Test
    void everythingWrongIsListedInPyTorchsWordsAndOrderAndNothingIsWritten() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("weight", Tensor.wrap(new float[] {4, 5}, 2, 1));
        state.put("zz", tensor(0));

        assertThatThrownBy(() -> linear.loadStateDict(state))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessage("Error(s) in loading state_dict for Linear:\n"
                        + "\tMissing key(s) in state_dict: \"bias\". \n"
                        + "\tUnexpected key(s) in state_dict: \"zz\". \n"
                        + "\tsize mismatch for weight: copying a param with shape torch.Size([2, 1]) from checkpoint, the"
                        + " shape in current model is torch.Size([1, 2]).\n"
                        + "\n"
                        + "the shape of \"weight\" is transposed; use `tensor.transpose(0, 1)`, or the mapping"
                        + " `KeyMapping.empty().withTranspose(\"weight\")`");
        assertThat(linear.weight.toArray()).containsExactly(1, 2);
    }

    @Test
    void aCrossedDictIsATrueSwap() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("a", linear.weight);
            visitor.parameter("b", linear.bias);
        });
        Linear other = new Linear(tensor(1), tensor(2));
        Map<String, Tensor> crossed = Map.of("weight", other.bias, "bias", other.weight);

        other.loadStateDict(crossed);

        assertThat(other.weight.item()).isEqualTo(2);
        assertThat(other.bias.item()).isEqualTo(1);
        assertThat(module.stateDict()).hasSize(2);
    }
}
