package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/** The generated interface, a file of its own, must be able to name the class. */
final class PrivateClassCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        ModuleName name = module.name();
        if (!module.addsState()) {
            return;
        }
        if (module.declaration().hidden()) {
            problems.accept(Diagnostic.PRIVATE_CLASS.at(module.place(), name.display(), name.interfaceName()));
        } else if (!module.declaration().nameable()) {
            problems.accept(Diagnostic.IMPLICIT_CLASS.at(module.place(), name.display(), name.interfaceName()));
        }
    }
}
