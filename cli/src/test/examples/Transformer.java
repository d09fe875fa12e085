// The model of model.safetensors in Java. Its schemas, in classes, are what the annotation processor wrote:
//
//     javac -cp statedict-runtime.jar -processorpath statedict-processor.jar -d classes Transformer.java
package com.example;

import dev.statedict.Buffer;
import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;
import java.util.List;

@StateModule
class Transformer implements TransformerState {
    Embedding embed;
    List<Block> layers;
    LayerNorm norm;
    Embedding head;

    @Buffer
    long steps;
}

@StateModule
class Embedding implements EmbeddingState {
    @Parameter(shape = {"tokens", "width"})
    Tensor weight;
}

@StateModule
class Block implements BlockState {
    Attention attention;
    LayerNorm norm;
}

@StateModule
class Attention implements AttentionState {
    Linear query;
    Linear value;
}

@StateModule
class Linear implements LinearState {
    @Parameter(shape = {"out", "in"})
    Tensor weight;

    @Parameter(shape = "out")
    Tensor bias;
}

@StateModule
class LayerNorm implements LayerNormState {
    @Parameter(shape = "width")
    Tensor weight;

    @Parameter(shape = "width")
    Tensor bias;
}
