package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.arithmetic.StateDictMath;
import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An array of arrays that holds none yet is a member like any other: a tensor without elements. */
class MembersWithoutRowsTest {
    private static final class Net implements Stateful {
        float[][] weight = new float[0][];
        double[][][] deep = new double[2][0][];
        float[] bias;

        Net(float bias) {
            this.bias = new float[] {bias};
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("weight", weight);
            visitor.parameter("deep", deep);
            visitor.parameter("bias", bias);
        }

        @Override
        public void assignState(StateAssigner assigner) {
            weight = assigner.field("weight", weight);
            deep = assigner.field("deep", deep);
            bias = assigner.field("bias", bias);
        }
    }

    private final Net net = new Net(1);
    private final StateDict given = new Net(2).stateDict(Policy.COPY);

    @Test
    void theyStandInTheDictWithTheirShape() {
        assertThat(net.stateDict().keySet()).containsExactly("weight", "deep", "bias");
        assertThat(net.stateDict().get("weight").shape()).containsExactly(0, 0);
        assertThat(net.stateDict().get("deep").shape()).containsExactly(2, 0, 0);
    }

    @Test
    void theyAreLoadedInPlace() {
        assertThat(net.loadStateDict(given).applied()).containsExactly("weight", "deep", "bias");
        assertThat(net.bias).containsExactly(2);
        assertThat(new Net(1).loadStateDict(new LinkedHashMap<>(given)).applied())
                .containsExactly("weight", "deep", "bias");
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void theRowsOfAnotherModuleAreTaken(Policy policy) {
        Net other = new Net(3);

        LoadReport report = net.loadStateDict(other.stateDict(Policy.ALIAS), policy);

        assertThat(report.applied()).containsExactly("weight", "deep", "bias");
        assertThat(net.weight).isEmpty();
        assertThat(net.deep).isDeepEqualTo(new double[2][0][]);
        assertThat(net.bias).containsExactly(3);
    }

    @Test
    void twoOfThemAreNoTie() {
        Stateful two = Modules.visiting(visitor -> {
            visitor.parameter("one", new float[0][]);
            visitor.parameter("other", new float[0][]);
        });
        assertThat(two.namedParameters().keySet()).containsExactly("one", "other");
    }

    @Test
    void arithmeticPassesThemBy() {
        StateDict live = net.stateDict(Policy.ALIAS);

        StateDictMath.addInPlace(live, given, 1);
        StateDictMath.lerpInPlace(live, StateDict.average(List.of(given, given)), 1);

        assertThat(net.bias).containsExactly(2);
        assertThat(live.copy().contentEquals(given)).isTrue();
        assertThat(live.diff(given).isEmpty()).isTrue();
        assertThat(Tensor.wrap(net.weight).contentEquals(given.get("weight"))).isTrue();
    }
}
