package dev.statedict.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateAssigner;
import dev.statedict.StateDict;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
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

    /** A parameter that is a primitive, and one that is none. */
    private static final class Scaled implements Stateful {
        float scale;
        double shift;
        final Tensor weight = Tensor.zeros(1);

        Scaled(float value) {
            scale = value;
            shift = value;
            weight.fill(value);
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("scale", scale);
            visitor.parameter("shift", shift);
            visitor.parameter("weight", weight);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            scale = assigner.field("scale", scale);
            shift = assigner.field("shift", shift);
        }
    }

    @Test
    void primitiveParametersAreAveragedToo() {
        AveragedModel<Scaled> average = AveragedModel.exponential(new Scaled(0), 0.75);
        AveragedModel<Scaled> mean = AveragedModel.equal(new Scaled(0));
        for (float value : new float[] {1, 2, 6}) {
            average.updateParameters(new Scaled(value));
            mean.updateParameters(new Scaled(value));
        }

        assertThat(average.module().weight.item()).isEqualTo(2.4375f);
        assertThat(average.module().scale).isEqualTo(2.4375f);
        assertThat(average.module().shift).isEqualTo(2.4375);
        assertThat(mean.module().scale).isEqualTo(3);
        assertThat(mean.module().shift).isEqualTo(3);
    }

    @Test
    void aDecayThatIsNoneIsRefused() {
        assertThatThrownBy(() -> AveragedModel.exponential(new Network(), 1.01))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the decay is 1.01; give a number from 0 to 1, such as 0.999");
    }
}
