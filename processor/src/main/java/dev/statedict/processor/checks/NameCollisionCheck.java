package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/** {@code Outer.Inner} and {@code Outer_Inner} want the same interface, and a user may have written an {@code XState}. */
final class NameCollisionCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        ModuleName name = module.name();
        if (!module.addsState()) {
            return;
        }
        if (module.stateInterface().rival() != null) {
            problems.accept(Diagnostic.NAME_COLLISION.at(
                    module.place(),
                    name.display(),
                    module.stateInterface().rival().display(),
                    name.interfaceName()));
        } else if (module.stateInterface().exists()) {
            problems.accept(Diagnostic.INTERFACE_EXISTS.at(module.place(), name.interfaceName(), name.display()));
        }
    }
}
