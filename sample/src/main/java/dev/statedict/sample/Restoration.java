package dev.statedict.sample;

import dev.statedict.Policy;
import dev.statedict.StateDict;

/**
 * How the model does once a dict kept at its best epoch has been loaded.
 *
 * @param validation on the rows that told which epoch was best
 * @param test on the rows that nothing was decided by
 * @param asBest whether its weights are the best epoch's again
 * @param asLast whether they are the last epoch's
 */
record Restoration(Evaluation validation, Evaluation test, boolean asBest, boolean asLast) {

    /** Loads a dict into the trained model; {@code last} is a copy of its weights after the last epoch. */
    static Restoration of(StateDict kept, StateDict last, Training training) {
        LogisticRegression model = training.model();
        model.loadStateDict(kept);
        StateDict loaded = model.stateDict(Policy.COPY);
        return new Restoration(
                Evaluation.of(model, training.validation()),
                Evaluation.of(model, training.test()),
                loaded.contentEquals(training.best().copy()),
                loaded.contentEquals(last));
    }

    /** Whose weights were loaded. */
    String inWords() {
        if (asBest && asLast) {
            return "the last epoch was the best";
        }
        if (asBest) {
            return "the best epoch's weights";
        }
        return asLast
                ? "the last epoch's weights: the best are lost"
                : "neither the best epoch's weights nor the last's";
    }
}
