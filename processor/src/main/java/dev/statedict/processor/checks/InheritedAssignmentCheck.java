package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.Policy;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A class that chooses ALIAS loading can assign what it inherits. Where a superclass chose it, that is where it is told. */
final class InheritedAssignmentCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        Place place = module.policies().loadPlace();
        if (place == null || module.policies().loadStateDict() != Policy.ALIAS) {
            return;
        }
        String unassignable = module.inheritance().members().stream()
                .filter(member -> member.isAssigned() && member.assignment() == null)
                .map(Member::display)
                .collect(Collectors.joining(", "));
        if (!unassignable.isEmpty()) {
            problems.accept(
                    Diagnostic.INHERITED_UNASSIGNABLE.at(place, module.name().display(), unassignable));
        }
    }
}
