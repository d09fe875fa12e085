package dev.statedict.processor.schema;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.Problem;
import dev.statedict.schema.MemberKind;
import dev.statedict.schema.MemberSchema;
import dev.statedict.schema.NumberTypes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds a member against the locked one whose values it takes. The shapes of a class are compared as one. */
final class MemberComparison {
    private final String moduleName;
    private final int lockedVersion;
    private final Heirs heirs;
    private final CurrentTies ties;
    private final ShapeConstraints shapes = new ShapeConstraints();

    MemberComparison(String moduleName, int lockedVersion, Heirs heirs, CurrentTies ties) {
        this.moduleName = moduleName;
        this.lockedVersion = lockedVersion;
        this.heirs = heirs;
        this.ties = ties;
    }

    /** Takes an inherited member, whose superclass is held against its own lock: its symbols are the class's too. */
    void inherit(MemberSchema locked, Member member) {
        List<String> after = ModuleSchemas.of(member).shape();
        if (locked.shape() != null && after != null) {
            shapes.admits(locked.shape(), after);
        }
    }

    /** What a superclass's own lock does not refuse, for it counts versions of its own. */
    @Nullable
    Problem inheritedAbsence(MemberSchema locked, Member member, Place place) {
        return absence(locked, ModuleSchemas.of(member), member, place);
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
                        tie(locked, member, place),
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
        // one that is asked tells by its type no more than another of which no class is known
        boolean toldNothing =
                member.type() == MemberType.OPEN && locked.kind() == MemberKind.SUBMODULE && locked.module() == null;
        return !toldNothing && TypeChange.breaks(locked, now)
                ? Diagnostic.LOCKED_TYPE.of(
                        member, place, member.display(), TypeChange.text(now), TypeChange.text(locked))
                : null;
    }

    private @Nullable Problem shape(MemberSchema locked, MemberSchema now, Member member, Place place) {
        List<String> before = locked.shape();
        List<String> after = now.shape();
        // what is declared for the first time is what was meant before, but an array has one dimension
        boolean fits = before == null
                ? after == null
                        || Objects.requireNonNullElse(NumberTypes.dimensions(locked.type()), after.size())
                                == after.size()
                : after == null || shapes.admits(before, after);
        return fits
                ? null
                : Diagnostic.LOCKED_SHAPE.of(
                        member,
                        place,
                        member.display(),
                        text(after),
                        meaning(after),
                        before == null ? "?" : text(before));
    }

    /** What the symbols stand for, where others stood for it. */
    private String meaning(@Nullable List<String> after) {
        String meant = after == null ? "" : text(shapes.inLockedSymbols(after));
        return meant.equals(text(after)) ? "" : ", which was [" + meant + "]";
    }

    private static String text(@Nullable List<String> shape) {
        return shape == null ? "" : String.join(", ", shape);
    }

    private @Nullable Problem tie(MemberSchema locked, Member member, Place place) {
        String key = locked.tiedKey();
        String other = locked.tiedTo();
        return key == null || other == null || ties.areTied(heirs.currentKey(key), heirs.currentKey(other))
                ? null
                : Diagnostic.LOCKED_TIE.of(member, place, member.display(), other, heirs.currentKey(other));
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
                .filter(key -> heirs.of(key) != member && !heirs.isRetired(Heirs.retiredPattern(locked, key)))
                .findFirst()
                .map(key -> formerKey(locked, key, member, place))
                .orElse(null);
    }

    private Problem formerKey(MemberSchema locked, String key, Member member, Place place) {
        Member other = heirs.of(key);
        String outcome = other == null ? "not load" : "be loaded into " + other.display();
        String otherwise;
        if (other == null) {
            otherwise = ", @Retired(\"" + Heirs.retiredPattern(locked, key) + "\") on " + moduleName;
        } else {
            otherwise = other.key().equals(key)
                    ? " and another key for " + other.display()
                    : " and not on " + other.display();
        }
        return Diagnostic.LOCKED_FORMER_KEY.of(member, place, member.display(), key, outcome, otherwise);
    }
}
