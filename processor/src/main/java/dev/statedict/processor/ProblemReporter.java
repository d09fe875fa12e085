package dev.statedict.processor;

import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.Problem;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic.Kind;

/** Tells problems to the compiler, each at its place. */
final class ProblemReporter {
    private final Messager messager;

    ProblemReporter(Messager messager) {
        this.messager = messager;
    }

    void report(Problem problem) {
        Kind kind = problem.warning() ? Kind.WARNING : Kind.ERROR;
        Place place = problem.place();
        if (place == null) {
            messager.printMessage(kind, problem.message());
        } else {
            messager.printMessage(kind, problem.message(), place.element(), place.annotation(), place.value());
        }
    }
}
