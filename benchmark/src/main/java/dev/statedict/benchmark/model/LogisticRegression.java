package dev.statedict.benchmark.model;

import dev.statedict.StateModule;

/** Logistic regression from two features to two classes: the smallest model that anybody has. */
@StateModule
public final class LogisticRegression implements LogisticRegressionState {
    final Linear fc = new Linear(2, 2);
}
