package dev.statedict.processor.checks;

import dev.statedict.processor.model.AccessorOverride;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/** A superclass's private member is read through its accessor, and not through whatever a subclass makes of that. */
final class AccessorOverrideCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        for (AccessorOverride override : module.inheritance().accessorOverrides()) {
            problems.accept(Diagnostic.OVERRIDDEN_ACCESSOR.at(
                    override.place(), override.method(), override.member().display()));
        }
    }
}
