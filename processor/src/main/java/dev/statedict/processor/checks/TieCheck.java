package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import dev.statedict.processor.model.Tie;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A declared tie is between tensors that the class can name. What lies in a submodule depends on the object that is there:
 * what its class has under the key must be a tensor, and all else is checked when a state dict is made.
 */
final class TieCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        for (Member member : module.members()) {
            if (member.tie() != null) {
                check(module, member, member.tie(), problems);
            }
        }
    }

    private static void check(ModuleModel module, Member member, Tie tie, Consumer<Problem> problems) {
        if (!canBeTied(member)) {
            problems.accept(Diagnostic.TIED_TO_TYPE.of(
                    member, tie.place(), member.display(), member.field().typeText()));
        } else if (tie.target().equals(member.tiedKey(tie))) {
            problems.accept(Diagnostic.TIED_TO_ITSELF.of(member, tie.place(), member.display()));
        } else if (!knows(module, tie.target())) {
            problems.accept(Diagnostic.UNKNOWN_TIE.of(
                    member,
                    tie.place(),
                    member.display(),
                    tie.target(),
                    module.name().display()));
        }
    }

    private static boolean canBeTied(Member member) {
        return switch (member.type()) {
            case TENSOR,
                    ARRAY,
                    AS_TENSOR,
                    OPTIONAL_TENSOR,
                    OPTIONAL_ARRAY,
                    MODULE,
                    OPTIONAL_MODULE,
                    OPEN,
                    STATE_ARGUMENT -> member.isVisited();
            default -> false;
        };
    }

    private static boolean knows(ModuleModel module, String target) {
        Member found = module.tieTargets().get(target);
        // in a submodule's class, a type that is generated later is nothing yet
        if (found != null && found.isCertain() && found.type() != MemberType.OTHER) {
            return found.isVisited() && isTensor(found.type());
        }
        List<String> names = List.of(target.split("\\.", -1));
        return names.size() > 1
                && names.stream().noneMatch(String::isEmpty)
                && Stream.concat(module.inheritance().members().stream(), module.members().stream())
                        .anyMatch(member -> member.key().equals(names.get(0))
                                && member.isVisited()
                                && member.type().isNested());
    }

    /** A number is none: it is read anew for each dict, and shares nothing. */
    private static boolean isTensor(MemberType type) {
        return switch (type) {
            case TENSOR, ARRAY, AS_TENSOR, OPTIONAL_TENSOR, OPTIONAL_ARRAY -> true;
            default -> false;
        };
    }
}
