package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.MigrationMethod;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.List;
import java.util.function.Consumer;

/**
 * A migration can be called by generated code. A method of that name with other parameters is nobody's business where there
 * is nothing to migrate from, and where another one is the migration.
 */
final class MigrationCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        List<MigrationMethod> methods = module.history().migrations();
        List<MigrationMethod> meant =
                methods.stream().filter(MigrationMethod::takesState).toList();
        String name = module.name().display();
        int version = module.history().version();
        if (version <= 1) {
            meant.forEach(method -> problems.accept(Diagnostic.MIGRATION_WITHOUT_VERSION.at(method.place(), name)));
            return;
        }
        for (MigrationMethod method : meant.isEmpty() ? methods : meant) {
            if (!method.faults().isEmpty()) {
                problems.accept(Diagnostic.MIGRATION_SIGNATURE.at(
                        method.place(), name, String.join(" and ", method.faults()), version));
            }
        }
    }
}
