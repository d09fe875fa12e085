package dev.statedict.processor.checks;

import dev.statedict.processor.model.Assignment;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Policy;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/**
 * What loading assigns can be assigned: counters and extra state always, for they have no storage to write into; tensors
 * when the class loads under ALIAS. Where only a call asks for ALIAS, the load reports it.
 */
final class AssignmentCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        for (Member member : module.members()) {
            if (member.isAssigned()) {
                check(module, member, problems);
            }
        }
    }

    private static void check(ModuleModel module, Member member, Consumer<Problem> problems) {
        boolean underAlias = module.policies().loadStateDict() == Policy.ALIAS;
        if (member.assignment() == null && member.isAlwaysAssigned()) {
            String what = member.type() == MemberType.PRIMITIVE ? "a number" : "extra state";
            problems.accept(Diagnostic.UNASSIGNABLE.of(
                    member, member.declaration().place(), member.display(), cause(member), what, mend(module, member)));
        } else if (member.assignment() == null && underAlias) {
            problems.accept(Diagnostic.UNASSIGNABLE_UNDER_ALIAS.of(
                    member,
                    member.declaration().place(),
                    member.display(),
                    cause(member),
                    module.name().display(),
                    mend(module, member)));
        } else if (member.assignment() instanceof Assignment.Setter setter && setter.checkedException() != null) {
            problems.accept(Diagnostic.SETTER_THROWS.of(
                    member,
                    member.declaration().place(),
                    member.field().owner() + "." + setter.method(),
                    setter.checkedException()));
        }
    }

    private static String cause(Member member) {
        if (member.is(FieldTrait.RECORD_COMPONENT)) {
            return "is a record component";
        }
        if (member.type() == MemberType.AS_TENSOR) {
            return "is an AsTensor, in whose place no tensor can stand";
        }
        if (member.is(FieldTrait.METHOD)) {
            return "has no setter";
        }
        return member.is(FieldTrait.FINAL) ? "is final" : "is private and has no setter";
    }

    private static String mend(ModuleModel module, Member member) {
        if (member.is(FieldTrait.RECORD_COMPONENT)) {
            return "make " + module.name().display() + " a class";
        }
        if (member.type() == MemberType.AS_TENSOR) {
            return "make it a Tensor";
        }
        return member.is(FieldTrait.FINAL)
                ? "drop final"
                : "add a method \"void " + Words.method("set", member) + "("
                        + member.field().typeText() + ")\""
                        + (member.is(FieldTrait.METHOD) ? "" : ", or drop private");
    }
}
