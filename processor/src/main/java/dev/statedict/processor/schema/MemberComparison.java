package dev.statedict.processor.schema;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.Problem;
import dev.statedict.schema.MemberSchema;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds a member against the locked one whose values it takes. The shapes of a class are compared as one. */
final class MemberComparison {
    private final String moduleName;
    private final int lockedVersion;
    private final Heirs heirs;
    private final ShapeConstraints shapes = new ShapeConstraints();

    MemberComparison(String moduleName, int lockedVersion, Heirs heirs) {
        this.moduleName = moduleName;
        this.lockedVersion = lockedVersion;
        this.heirs = heirs;
    }

    /** The first thing that keeps dicts of the locked class from loading. */
    @Nullable
    Problem problem(MemberSchema locked, Member member, Place place) {
        MemberSchema now = ModuleSchemas.of(member);
        return Stream.of(
                        persistence(locked, now, member, place),
                        role(locked, now, member, place),
                        type(locked, now, member, place),
                        shape(locked, now, member, place),
                        tie(locked, now, member, place),
                        absence(locked, now, member, place),
                        addition(locked, now, member, place),
                        formerKey(locked, member, place))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Problem persistence(MemberSchema locked, MemberSchema now, Member member, Place place) {
        return now.persistent() || heirs.isRetired(locked.key())
                ? null
                : Diagnostic.LOCKED_PERSISTENCE.of(member, place, member.display(), locked.key(), moduleName);
    }

    private static @Nullable Problem role(MemberSchema locked, MemberSchema now, Member member, Place place) {
        return locked.kind() == now.kind()
                ? null
                : Diagnostic.LOCKED_ROLE.of(member, place, member.display(), now.kind(), locked.kind());
    }

    private static @Nullable Problem type(MemberSchema locked, MemberSchema now, Member member, Place place) {
        return TypeChange.breaks(locked, now)
                ? Diagnostic.LOCKED_TYPE.of(
                        member, place, member.display(), TypeChange.text(now), TypeChange.text(locked))
                : null;
    }

    private @Nullable Problem shape(MemberSchema locked, MemberSchema now, Member member, Place place) {
        List<String> before = locked.shape();
        List<String> after = now.shape();
        return before == null || after == null || shapes.admits(before, after)
                ? null
                : Diagnostic.LOCKED_SHAPE.of(
                        member, place, member.display(), String.join(", ", after), String.join(", ", before));
    }

    private static @Nullable Problem tie(MemberSchema locked, MemberSchema now, Member member, Place place) {
        return locked.tiedTo() == null || locked.tiedTo().equals(now.tiedTo())
                ? null
                : Diagnostic.LOCKED_TIE.of(member, place, member.display(), locked.tiedTo());
    }

    private @Nullable Problem absence(MemberSchema locked, MemberSchema now, Member member, Place place) {
        return locked.optional() && !now.optional() && now.addedIn() <= lockedVersion
                ? Diagnostic.LOCKED_ABSENCE.of(member, place, member.display(), now.key(), lockedVersion + 1)
                : null;
    }

    private static @Nullable Problem addition(MemberSchema locked, MemberSchema now, Member member, Place place) {
        return now.addedIn() < locked.addedIn()
                ? Diagnostic.LOCKED_ADDED_IN.of(member, place, member.display(), now.addedIn(), locked.addedIn())
                : null;
    }

    private @Nullable Problem formerKey(MemberSchema locked, Member member, Place place) {
        return locked.formerly().stream()
                .filter(key -> heirs.of(key) != member && !heirs.isRetired(RetiredPattern.of(locked, key)))
                .findFirst()
                .map(key -> Diagnostic.LOCKED_FORMER_KEY.of(
                        member, place, member.display(), key, RetiredPattern.of(locked, key), moduleName))
                .orElse(null);
    }
}
