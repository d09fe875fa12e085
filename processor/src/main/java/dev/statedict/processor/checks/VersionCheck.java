package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.Comparator;
import java.util.function.Consumer;

/**
 * Versions count from 1. They are never inherited, but what a superclass added in a version is: a class that is older than
 * a member of its own would forgive its absence for ever.
 */
final class VersionCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        int version = module.history().version();
        String name = module.name().display();
        if (version < 1) {
            problems.accept(Diagnostic.VERSION_BELOW_ONE.at(module.history().versionPlace(), "of " + name, version));
            return;
        }
        module.inheritance().members().stream()
                .max(Comparator.comparingInt(AdditionCheck::addedIn))
                .filter(member -> AdditionCheck.addedIn(member) > version)
                .ifPresent(youngest -> problems.accept(problem(module, youngest)));
    }

    private static Problem problem(ModuleModel module, Member youngest) {
        return Diagnostic.INHERITED_VERSION.at(
                module.history().versionPlace(),
                module.name().display(),
                youngest.display(),
                AdditionCheck.addedIn(youngest),
                module.history().version());
    }
}
