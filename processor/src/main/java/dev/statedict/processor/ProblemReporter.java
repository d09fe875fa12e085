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
        Place place = problem.place();
        if (place == null) {
            messager.printMessage(Kind.ERROR, problem.message());
        } else {
            messager.printMessage(Kind.ERROR, problem.message(), place.element(), place.annotation(), place.value());
        }
    }
}
