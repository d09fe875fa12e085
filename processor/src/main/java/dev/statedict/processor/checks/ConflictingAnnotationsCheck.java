package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A field is one thing. */
final class ConflictingAnnotationsCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        for (Member member : module.members()) {
            List<String> declared = new ArrayList<>();
            member.declaration().roles().forEach(role -> declared.add(Words.annotation(role)));
            if (member.is(FieldTrait.TRANSIENT)) {
                declared.add(Words.leftOut(member));
            }
            if (declared.size() > 1) {
                problems.accept(Diagnostic.CONFLICTING_ANNOTATIONS.of(
                        member, member.declaration().place(), member.display(), String.join(" and ", declared)));
            }
        }
    }
}
