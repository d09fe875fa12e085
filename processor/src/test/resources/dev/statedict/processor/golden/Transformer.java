package golden;

import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.Stateful;
import dev.statedict.Submodule;
import dev.statedict.TiedTo;
import dev.statedict.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A subclass with every kind of submodule, nested classes and type parameters. */
class Transformer<T extends Stateful> extends Normalization implements TransformerState {
    T embed;
    @Submodule("h") List<List<Block<T>>> layers;
    Block<?>[] heads;
    Map<String, Optional<Stateful>> adapters;
    Optional<? extends Normalization> last;
    @Parameter final List<Tensor> scales = List.of();
    @TiedTo("embed.weight") @Parameter Tensor output;

    @StateModule(loadStateDict = dev.statedict.Policy.ALIAS)
    static final class Block<T> implements Transformer_BlockState {
        @Deprecated @Parameter Tensor weight;
    }

    @StateModule
    class Attention implements Transformer_AttentionState {}
}
