package dev.statedict.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModuleSummaryTest {
    private static final class Linear implements Stateful {
        private final Tensor weight;
        private final float[] bias;

        Linear(Tensor weight) {
            this.weight = weight;
            this.bias = new float[weight.size(0)];
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("weight", weight);
            visitor.parameter("bias", bias);
        }
    }

    private static final class Network implements Stateful {
        final Linear embed = new Linear(Tensor.zeros(1000, 64));
        final Linear head = new Linear(embed.weight);
        final Tensor mean = Tensor.zeros(64);

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.submodule("embed", embed);
            visitor.submodules("layers", List.of(new Linear(Tensor.zeros(2, 3))));
            visitor.submodule("head", head);
            visitor.buffer("mean", mean);
            visitor.counter("step", 7L);
            visitor.extraState("note");
        }
    }

    private final ModuleSummary summary = ModuleSummary.of(new Network());

    @Test
    void itPrintsAsATable() {
        assertThat(summary).hasToString("""
                path             class        shape       type      parameters    bytes
                                 Network                                66,008  264,296
                mean             buffer       [64]        F32                       256
                step             counter      []          I64                         8
                _extra_state     extra state
                embed            Linear                                 65,000  260,000
                embed.weight     parameter    [1000, 64]  F32           64,000  256,000
                embed.bias       parameter    [1000]      F32            1,000    4,000
                layers.0         Linear                                      8       32
                layers.0.weight  parameter    [2, 3]      F32                6       24
                layers.0.bias    parameter    [2]         F32                2        8
                head             Linear                                  1,000    4,000
                head.weight      parameter    [1000, 64]  F32   = embed.weight
                head.bias        parameter    [1000]      F32            1,000    4,000
                total: 66,008 parameters, 264,296 bytes""");
    }

    @Test
    void aTieCountsOnce() {
        assertThat(summary.parameters()).isEqualTo(64_000 + 1000 + 1000 + 8);
        assertThat(summary.bytes()).isEqualTo(summary.parameters() * 4 + 64 * 4 + 8);
        assertThat(summary.lines())
                .contains(new ModuleSummary.Line(
                        "head.weight",
                        "parameter",
                        Optional.of(List.of(1000, 64)),
                        Optional.of(ElementType.F32),
                        0,
                        0,
                        Optional.of("embed.weight")));
    }
}
