package dev.statedict.processor.checks;

import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/** A rule for module classes. */
@FunctionalInterface
interface Check {
    void check(ModuleModel module, Consumer<Problem> problems);
}
