package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/** A module is a class or a record: an interface has no fields, and an enum's constants no state of their own. */
final class ModuleKindCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        if (!module.declaration().kind().canBeModule()) {
            problems.accept(Diagnostic.NOT_A_CLASS.at(
                    module.place(),
                    module.name().display(),
                    module.declaration().kind()));
        } else if (module.declaration().asTensor()) {
            problems.accept(
                    Diagnostic.MODULE_AS_TENSOR.at(module.place(), module.name().display()));
        }
    }
}
