package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.Problem;
import dev.statedict.processor.model.RetiredKeys;
import java.util.List;
import java.util.Optional;

/** Members belong to modules: nothing reads the annotations of any other class. */
public final class OutsiderCheck {
    private OutsiderCheck() {}

    /** What is wrong with {@code @Retired} on a class that is no module. */
    public static Optional<Problem> check(ModuleName name, List<RetiredKeys> retired) {
        return retired.stream().findFirst().map(first -> Diagnostic.RETIRED_OUTSIDE.at(first.place(), name.display()));
    }

    /** What is wrong with a class that was a module. */
    public static Problem stale(ModuleName name, Place place) {
        return Diagnostic.STALE_INTERFACE.at(place, name.display(), name.interfaceName());
    }

    /** What is wrong with the annotated fields of a class that is no module. */
    public static List<Problem> check(List<Member> members) {
        return members.stream().flatMap(member -> check(member).stream()).toList();
    }

    private static Optional<Problem> check(Member member) {
        if (member.declaration().place().annotation() != null) {
            return Optional.of(notAModule(
                    member, member.declaration().place(), member.role().annotation()));
        }
        return Optional.ofNullable(member.tie()).map(tie -> notAModule(member, tie.place(), "@TiedTo"));
    }

    private static Problem notAModule(Member member, Place place, String annotation) {
        return Diagnostic.NOT_A_MODULE.of(member, place, member.display(), annotation);
    }
}
