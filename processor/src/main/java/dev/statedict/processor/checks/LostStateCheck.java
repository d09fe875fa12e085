package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/** Nothing whose type is that of state is lost in silence. */
final class LostStateCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        for (Member member : module.members()) {
            if (member.is(FieldTrait.ABSTRACT_ARGUMENT)) {
                problems.accept(Diagnostic.HIDDEN_MODULE.warningOf(
                        member,
                        member.field().place(),
                        member.display(),
                        member.field().typeText(),
                        Words.leftOut(member)));
            } else if (member.isUnasked()) {
                problems.accept(Diagnostic.UNASKED_FIELD.warningOf(
                        member,
                        member.field().place(),
                        member.display(),
                        member.field().typeText(),
                        member.field().typeText() + " " + member.field().name(),
                        member.field().typeText() + " " + Words.method("get", member),
                        Words.leftOut(member)));
            } else if (member.role() == MemberRole.UNDECLARED) {
                Diagnostic diagnostic = switch (member.type()) {
                    case UNNAMEABLE_STATE, STATE_ARGUMENT -> Diagnostic.UNNAMEABLE_STATE;
                    case RAW_CONTAINER -> Diagnostic.RAW_CONTAINER;
                    default -> Diagnostic.LOST_STATE;
                };
                problems.accept(diagnostic.of(
                        member,
                        member.field().place(),
                        member.display(),
                        member.field().typeText(),
                        Words.leftOut(member)));
            }
        }
    }
}
