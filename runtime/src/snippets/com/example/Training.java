package com.example;

import dev.statedict.LoadOptions;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.arithmetic.AveragedModel;
import dev.statedict.arithmetic.ParameterVector;
import dev.statedict.arithmetic.StateDictMath;
import dev.statedict.evaluation.SwappedState;
import dev.statedict.io.CheckpointManager;
import dev.statedict.io.CheckpointManagerOptions;
import dev.statedict.io.Objective;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Training that can be stopped, averaged and evaluated. */
abstract class Training {
    long step;

    abstract double train(Stateful model);

    abstract void evaluate(Stateful model);

    void resume(Stateful model, Stateful optimizer, Stateful progress, Path directory, long steps) throws IOException {
        // @start region="manager"
        Map<String, Stateful> parts = Map.of("model", model, "optimizer", optimizer, "progress", progress);
        CheckpointManagerOptions options = CheckpointManagerOptions.defaults()
                .withKeepLast(3)
                .withKeepBest(1, "validation_loss", Objective.MINIMIZE);
        try (CheckpointManager manager = CheckpointManager.open(directory, options)) {
            manager.restore(parts); // goes on where an earlier run ended, if there was one
            while (step < steps) {
                double loss = train(model);
                manager.save(step, parts, Map.of("validation_loss", loss));
            }
            manager.restore(
                    manager.best().orElseThrow(),
                    Map.of("model", model),
                    LoadOptions.strict().allowUnexpected("*"));
        }
        // @end
    }

    void average(Linear model, Linear copy, long steps) {
        // @start region="average"
        AveragedModel<Linear> average = AveragedModel.exponential(copy, 0.999);
        while (step < steps) {
            train(model);
            average.updateParameters(model);
        }
        evaluate(average.module());
        // @end
    }

    void swap(Stateful model, StateDict average) {
        // @start region="swap"
        try (SwappedState swapped = SwappedState.swap(model, average, Policy.COPY)) {
            evaluate(model);
        } // the model is what it was, also when that threw
        // @end
    }

    void arithmetic(Stateful model, StateDict tuned, StateDict base) {
        // @start region="arithmetic"
        StateDict average = model.stateDict(Policy.COPY);
        StateDict live = model.stateDict(Policy.ALIAS);
        StateDictMath.lerpInPlace(average, live, 0.001); // a step of an exponential moving average

        StateDictMath.subtractInPlace(tuned, base);      // a task vector
        StateDictMath.addInPlace(model.stateDict(Policy.ALIAS), tuned, 0.5);
        // @end
    }

    void vector(Stateful model) {
        // @start region="vector"
        StateDict parameters = model.namedParameters();
        Tensor vector = ParameterVector.parametersToVector(parameters);           // [n], a copy
        StateDict views = ParameterVector.vectorToParameters(vector, parameters); // the vector's elements by key

        model.loadStateDict(views, LoadOptions.lenient()); // the values go into the model's own tensors
        parameters.copyTo(views);                          // the model's values go into the vector, in place
        model.loadStateDict(views, Policy.ALIAS);          // the model lives on the vector, as in PyTorch
        // @end
    }
}
