package golden;

import dev.statedict.Generated;
import dev.statedict.LoadOptions;
import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateAssigner;
import dev.statedict.StateDict;
import dev.statedict.StateVisitor;
import dev.statedict.tensor.Tensor;
import java.util.Map;

/**
 * The state of {@link Transformer}, generated from its annotations.
 * {@code stateDict()} is COPY, {@code loadStateDict(map)} is COPY.
 */
@Generated("dev.statedict.processor.StateDictProcessor")
@SuppressWarnings({"all", "auxiliaryclass"})
interface TransformerState extends NormalizationState {
    @Override
    default StateDict stateDict() {
        return stateDict(Policy.COPY);
    }

    @Override
    default LoadReport loadStateDict(Map<String, Tensor> state) {
        return loadStateDict(state, Policy.COPY);
    }

    @Override
    default LoadReport loadStateDict(Map<String, Tensor> state, LoadOptions options) {
        return NormalizationState.super.loadStateDict(state, options.withDefaultPolicy(Policy.COPY));
    }

    @Override
    default void visitState(StateVisitor visitor) {
        NormalizationState.super.visitState(visitor);
        Transformer<?> self = (Transformer<?>) this;
        visitor.submodule("embed", self.embed);
        visitor.submodules("h", self.layers);
        visitor.submodules("heads", self.heads);
        visitor.submodules("adapters", self.adapters);
        visitor.submodule("last", self.last);
        visitor.parameters("scales", self.scales);
        visitor.tensorParameter("output", self.output);
        visitor.tiedTo("output", "embed.weight");
    }

    @Override
    default void assignState(StateAssigner assigner) {
        NormalizationState.super.assignState(assigner);
        Transformer<?> self = (Transformer<?>) this;
        self.output = assigner.tensorField("output", self.output);
    }
}
