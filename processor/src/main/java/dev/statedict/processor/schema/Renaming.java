package dev.statedict.processor.schema;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.Problem;
import dev.statedict.schema.ClassSchema;
import dev.statedict.schema.MemberKind;
import dev.statedict.schema.MemberSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A member that looks as if it were a locked one under another name: one is gone, one is new, and they are alike. One
 * mistake, then, and not two.
 *
 * @param locked the locked member
 * @param member the new one
 */
record Renaming(MemberSchema locked, Member member) {
    /** For each member that is gone the new one in its place, or else the only one that is like it. */
    static List<Renaming> guess(ClassSchema locked, List<MemberSchema> gone, List<Member> members, List<Member> added) {
        List<Renaming> renamings = new ArrayList<>();
        List<Member> free = new ArrayList<>(added);
        for (MemberSchema member : gone) {
            List<Member> alike =
                    free.stream().filter(other -> areAlike(member, other)).toList();
            int index = locked.members().indexOf(member);
            Optional<Member> inPlace = alike.stream()
                    .filter(other -> members.indexOf(other) == index)
                    .findFirst();
            Optional<Member> chosen = inPlace.isEmpty() && alike.size() == 1 ? Optional.of(alike.get(0)) : inPlace;
            chosen.ifPresent(other -> {
                free.remove(other);
                renamings.add(new Renaming(member, other));
            });
        }
        return renamings;
    }

    private static boolean areAlike(MemberSchema locked, Member member) {
        MemberSchema now = ModuleSchemas.of(member);
        return locked.kind() == now.kind() && !TypeChange.breaks(locked, now);
    }

    Problem problem(String module) {
        return Diagnostic.LOCKED_NAME.of(
                member,
                member.declaration().place(),
                member.display(),
                member.key(),
                locked.key(),
                module,
                annotation(locked.kind()),
                Heirs.retiredPattern(locked, locked.key()));
    }

    /** What to write when a key is gone. */
    static String ways(MemberSchema member, String key, String module) {
        String retired = "@Retired(\"" + Heirs.retiredPattern(member, key) + "\") on " + module;
        return member.kind() == MemberKind.EXTRA_STATE
                ? "write " + retired
                : "write " + annotation(member.kind()) + "(formerly = \"" + key
                        + "\") on the field that has its values now, " + retired;
    }

    private static String annotation(MemberKind kind) {
        return switch (kind) {
            case PARAMETER -> "@Parameter";
            case BUFFER, COUNTER -> "@Buffer";
            case SUBMODULE -> "@Submodule";
            case EXTRA_STATE -> "@ExtraState";
        };
    }
}
