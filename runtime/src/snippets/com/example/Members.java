package com.example;

import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.Submodule;
import dev.statedict.TiedTo;
import dev.statedict.Transient;
import dev.statedict.tensor.Tensor;
import java.util.List;

/** What annotations say of members. */
final class Members {
    private Members() {}

    @StateModule
    static final class Shaped implements Members_ShapedState {
        // @start region="shape"
        @Parameter(shape = {"out", "in"}) Tensor weight;
        @Parameter(shape = "out") Tensor bias;
        // @end
    }

    @StateModule
    static final class Block implements Members_BlockState {
        // @start region="submodule"
        @Submodule("self_attn") final Linear selfAttention; // "self_attn.weight"
        final List<Linear> layers;                          // "layers.0.weight"
        // @end

        Block(Linear selfAttention, List<Linear> layers) {
            this.selfAttention = selfAttention;
            this.layers = layers;
        }
    }

    @StateModule
    static final class Tied implements Members_TiedState {
        // @start region="tied"
        final Linear embed;
        @TiedTo("embed.weight") final Linear head;        // "head.weight" is "embed.weight"
        @TiedTo("embed.weight") @Parameter Tensor output; // "output" is "embed.weight"
        // @end

        Tied(Linear embed, Tensor bias) {
            this.embed = embed;
            this.head = new Linear(embed.weight, bias);
            this.output = embed.weight;
        }
    }

    @StateModule
    static final class Trained implements Members_TrainedState {
        // @start region="transient"
        final Linear weights;
        @Transient Linear gradients; // would be "gradients.weight" and so on
        @Transient Trained parent;   // would be a module that contains itself
        // @end

        Trained(Linear weights, Linear gradients) {
            this.weights = weights;
            this.gradients = gradients;
        }
    }
}
