package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/** A module that can never have an entry, though it has what could be weights, was probably meant to. */
final class NoEntryCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        boolean hopeless = module.inheritance().members().isEmpty()
                && module.members().stream().noneMatch(member -> mayHaveEntries(module, member));
        if (module.declaration().annotated()
                && hopeless
                && !module.possibleWeights().isEmpty()) {
            problems.accept(Diagnostic.NO_ENTRY.warningAt(
                    module.place(),
                    module.name().display(),
                    String.join(", ", module.possibleWeights().values())));
        }
    }

    /** A class that holds numbers is asked like any other, and is a module only by a subclass. */
    private static boolean mayHaveEntries(ModuleModel module, Member member) {
        boolean weight = module.possibleWeights().containsKey(member.field().name());
        return !member.isUnasked() && !(member.type() == MemberType.OPEN && !member.isCertain() && weight);
    }
}
