package dev.statedict.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AveragedModelTest {
    private static final StateDict PYTORCH = PytorchArithmetic.load();

    @Test
    void anExponentialAverageIsPytorchsToTheLastBit() {
        requireEqual(AveragedModel.exponential(new Network(), 0.99), "ema");
    }

    @Test
    void anEqualAverageIsPytorchsToTheLastBit() {
        requireEqual(AveragedModel.equal(new Network()), "swa");
    }

    private static void requireEqual(AveragedModel<Network> average, String name) {
        Network model = new Network();
        for (int update = 0; update < 5; update++) {
            model.loadStateDict(PYTORCH.sub(update + ".model"));
            average.updateParameters(model);

            StateDict expected = PYTORCH.sub(update + "." + name);
            assertThat(average.stateDict().keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
            for (Map.Entry<String, Tensor> entry : average.stateDict().entrySet()) {
                assertThat(entry.getValue().toArray())
                        .as("%s after update %d", entry.getKey(), update)
                        .containsExactly(expected.get(entry.getKey()).toArray());
            }
        }
        assertThat(average.averaged()).isEqualTo(5);
    }

    @Test
    void anAverageThatIsSavedAndLoadedGoesOnAsIfNothingHadBeen() {
        AveragedModel<Network> unbroken = AveragedModel.exponential(new Network(), 0.99);
        AveragedModel<Network> resumed = AveragedModel.exponential(new Network(), 0.99);
        Network model = new Network();
        for (int update = 0; update < 5; update++) {
            model.loadStateDict(PYTORCH.sub(update + ".model"));
            unbroken.updateParameters(model);
            resumed.updateParameters(model);
            StateDict saved = resumed.stateDict().copy();
            resumed = AveragedModel.exponential(new Network(), 0.99);
            resumed.loadStateDict(saved);
        }
        assertThat(resumed.stateDict().contentEquals(unbroken.stateDict())).isTrue();
    }

    @Test
    void aDecayThatIsNoneIsRefused() {
        assertThatThrownBy(() -> AveragedModel.exponential(new Network(), 1.01))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the decay is 1.01; give a number from 0 to 1, such as 0.999");
    }
}
