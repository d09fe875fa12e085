package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/** A member was added in a version that the class has, or has had. */
final class AdditionCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        int version = Math.max(1, module.history().version());
        for (Member member : module.members()) {
            int addedIn = addedIn(member);
            if (addedIn < 1) {
                problems.accept(Diagnostic.VERSION_BELOW_ONE.of(
                        member, member.history().addedInPlace(), "that added " + member.display(), addedIn));
            } else if (addedIn > version) {
                problems.accept(Diagnostic.ADDED_IN_VERSION.of(
                        member,
                        member.history().addedInPlace(),
                        member.display(),
                        addedIn,
                        module.name().display(),
                        version));
            }
        }
    }

    static int addedIn(Member member) {
        return member.history().addedIn();
    }
}
