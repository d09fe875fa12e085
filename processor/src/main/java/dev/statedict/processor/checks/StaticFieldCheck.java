package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/** State is a module's own. A static field without an annotation is no member, and is not seen here. */
final class StaticFieldCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        for (Member member : module.members()) {
            if (member.is(FieldTrait.STATIC)) {
                problems.accept(Diagnostic.STATIC_FIELD.of(
                        member, member.declaration().place(), member.display(), Words.annotation(member.role())));
            }
        }
    }
}
