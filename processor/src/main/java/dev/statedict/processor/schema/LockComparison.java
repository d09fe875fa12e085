package dev.statedict.processor.schema;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.Problem;
import dev.statedict.schema.ClassSchema;
import dev.statedict.schema.MemberSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds a class against its lock: every dict that the locked class could load, the class must load too. What a migration
 * does cannot be judged here, so that a change which needs one is accepted by a person, with the migration.
 */
final class LockComparison {
    private final ModuleModel module;
    private final String name;
    private final ClassSchema now;
    private final ClassSchema locked;
    private final Heirs heirs;
    private final List<Problem> problems = new ArrayList<>();
    // which locked member each member takes its values from
    private final Map<Member, MemberSchema> origins = new HashMap<>();
    private final List<MemberSchema> gone = new ArrayList<>();

    LockComparison(ModuleModel module, ClassSchema now, ClassSchema locked) {
        this.module = module;
        this.name = module.name().display();
        this.now = now;
        this.locked = locked;
        this.heirs = new Heirs(module);
    }

    List<Problem> problems() {
        if (now.version() < locked.version()) {
            Place place = module.history().versionPlace();
            return List.of(Diagnostic.LOCKED_VERSION.at(place, name, now.version(), locked.version()));
        }
        compareSuperclass();
        compareMembers();
        compareRetired();
        List<Member> additions = additions();
        for (Renaming renaming : Renaming.guess(locked, gone, module.members(), additions)) {
            gone.remove(renaming.locked());
            additions.remove(renaming.member());
            problems.add(renaming.problem(name));
        }
        gone.forEach(member -> reportGone(member, member.key()));
        additions.forEach(this::reportAddition);
        return problems;
    }

    private void compareSuperclass() {
        if (!Objects.equals(now.superclass(), locked.superclass())) {
            problems.add(Diagnostic.LOCKED_SUPERCLASS.at(
                    module.place(), name, orNone(now.superclass()), orNone(locked.superclass())));
        }
    }

    private static String orNone(@Nullable String superclass) {
        return superclass == null ? "no module" : superclass;
    }

    private void compareMembers() {
        MemberComparison comparison = new MemberComparison(name, locked.version(), heirs);
        for (MemberSchema member : locked.members()) {
            Member heir = heirs.of(member.key());
            if (!member.persistent()) {
                continue;
            }
            if (heir == null) {
                compareGone(member);
                continue;
            }
            Place place = module.members().contains(heir) ? heir.declaration() : module.place();
            MemberSchema other = origins.putIfAbsent(heir, member);
            Problem problem = other == null
                    ? comparison.problem(member, heir, place)
                    : Diagnostic.LOCKED_MERGE.of(heir, place, heir.display(), other.key(), member.key());
            if (problem != null) {
                problems.add(problem);
            }
        }
    }

    private void compareGone(MemberSchema member) {
        if (!heirs.isRetired(RetiredPattern.of(member, member.key()))) {
            gone.add(member);
            return;
        }
        for (String key : member.formerly()) {
            if (heirs.of(key) == null && !heirs.isRetired(RetiredPattern.of(member, key))) {
                reportGone(member, key);
            }
        }
    }

    private void compareRetired() {
        for (String glob : locked.retired()) {
            if (!heirs.isRetired(glob) && heirs.of(glob) == null) {
                problems.add(Diagnostic.LOCKED_RETIRED.at(module.place(), glob, name));
            }
        }
    }

    /** The members of the class itself that dicts of the locked class lack, and may not lack. */
    private List<Member> additions() {
        List<Member> additions = new ArrayList<>();
        for (Member member : module.members()) {
            if (member.isVisited()
                    && !origins.containsKey(member)
                    && member.history().addedIn() <= locked.version()) {
                additions.add(member);
            }
        }
        return additions;
    }

    private void reportGone(MemberSchema member, String key) {
        problems.add(
                Diagnostic.LOCKED_KEY.at(module.place(), key, member.kind(), name, Renaming.ways(member, key, name)));
    }

    private void reportAddition(Member member) {
        problems.add(Diagnostic.LOCKED_ADDITION.of(
                member,
                member.declaration(),
                member.display(),
                locked.version(),
                name,
                member.key(),
                locked.version() + 1));
    }
}
