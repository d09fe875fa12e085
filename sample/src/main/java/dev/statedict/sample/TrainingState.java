package dev.statedict.sample;

import dev.statedict.Stateful;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that a training goes on from. With each of it saved, it may be killed at any moment and ends with the same weights.
 *
 * @param model its weights
 * @param descent what the optimizer remembers, and how many epochs are done, on which the learning rate depends
 * @param random where the orders of rows come from
 * @param log what was to be done, and how the model did after each epoch
 */
record TrainingState(LogisticRegression model, GradientDescent descent, RandomNumbers random, TrainingLog log) {
    /** The names under which the parts are saved. */
    Map<String, Stateful> parts() {
        Map<String, Stateful> parts = new LinkedHashMap<>();
        parts.put("model", model);
        parts.put("descent", descent);
        parts.put("random", random);
        parts.put("log", log);
        return parts;
    }
}
