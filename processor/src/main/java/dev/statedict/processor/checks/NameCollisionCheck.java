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
        if (module.collision() != null && module.addsState()) {
            ModuleName name = module.name();
            problems.accept(Diagnostic.NAME_COLLISION.at(
                    module.place(), name.display(), name.interfaceName(), module.collision()));
        }
    }
}
