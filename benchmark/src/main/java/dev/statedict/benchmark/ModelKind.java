package dev.statedict.benchmark;

import dev.statedict.Stateful;
import dev.statedict.benchmark.model.Forest;
import dev.statedict.benchmark.model.Linear;
import dev.statedict.benchmark.model.LogisticRegression;
import dev.statedict.benchmark.model.Stage;
import dev.statedict.benchmark.model.Tree;
import dev.statedict.tensor.ElementType;
import java.util.function.Supplier;

/** The models that are measured. */
public enum ModelKind {
    /** Logistic regression, 2 tensors. */
    LOGISTIC_REGRESSION(LogisticRegression::new),
    /** 100 layers of 64 x 64, 200 tensors. */
    MLP(() -> new Stage(() -> new Linear(64, 64))),
    /** 1,000 layers of 64 x 64, 2,000 tensors: the MLP ten times. */
    WIDE_TREE(() -> new Tree(() -> new Linear(64, 64))),
    /** 1,000 layers of 8 x 8, 2,000 tensors, four levels deep. */
    TREE(() -> new Tree(() -> new Linear(8, 8))),
    /** The same of double, of which half as many take as many bytes. */
    DOUBLE_TREE(() -> new Tree(() -> new Linear(ElementType.F64, 8, 4))),
    /** 10,000 layers of 8 x 8, 20,000 tensors, five levels deep. */
    FOREST(() -> new Forest(() -> new Linear(8, 8)));

    private final Supplier<Stateful> constructor;

    ModelKind(Supplier<Stateful> constructor) {
        this.constructor = constructor;
    }

    Stateful create() {
        return constructor.get();
    }
}
