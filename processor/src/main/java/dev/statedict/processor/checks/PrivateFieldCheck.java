package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/** Generated code stands in a file of its own, and reads a private field through an accessor alone. */
final class PrivateFieldCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        for (Member member : module.members()) {
            if (member.isVisited()
                    && member.is(FieldTrait.PRIVATE)
                    && member.field().access().accessor() == null) {
                problems.accept(problem(member, module.name().interfaceName()));
            }
        }
    }

    private static Problem problem(Member member, String interfaceName) {
        String type = member.field().typeText();
        String hidden = member.field().access().hiddenAccessor();
        return hidden != null
                ? Diagnostic.PRIVATE_ACCESSOR.of(
                        member, member.declaration().place(), member.display(), hidden, interfaceName)
                : Diagnostic.PRIVATE_FIELD.of(
                        member,
                        member.declaration().place(),
                        member.display(),
                        interfaceName,
                        type + " " + member.field().name(),
                        type + " " + Words.method("get", member));
    }
}
