package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.List;
import java.util.function.Consumer;

/** A method that is a member can be called by generated code, on the module alone. */
final class MethodMemberCheck implements Check {
    private record Fault(FieldTrait trait, String words, String mend) {}

    private static final List<Fault> FAULTS = List.of(
            new Fault(FieldTrait.STATIC, "is static", "drop static"),
            new Fault(FieldTrait.ABSTRACT, "is abstract", "annotate what implements it instead"),
            new Fault(FieldTrait.PRIVATE, "is private", "drop private"),
            new Fault(FieldTrait.GENERIC, "has type parameters", "drop them"),
            new Fault(FieldTrait.TAKES_ARGUMENTS, "has parameters", "drop them"),
            new Fault(
                    FieldTrait.THROWS_CHECKED,
                    "throws a checked exception",
                    "let it throw unchecked exceptions alone"));

    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        for (Member member : module.members()) {
            if (member.is(FieldTrait.METHOD)) {
                FAULTS.stream()
                        .filter(fault -> member.is(fault.trait()))
                        .findFirst()
                        .ifPresent(fault -> problems.accept(Diagnostic.METHOD_MEMBER.of(
                                member,
                                member.field().place(),
                                member.display(),
                                fault.words(),
                                member.role().annotation(),
                                fault.mend())));
            }
        }
    }
}
