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
    private final List<ClassSchema> lockedSuperclasses;
    private final Heirs heirs;
    private final MemberComparison comparison;
    private final List<Problem> problems = new ArrayList<>();
    // which locked member each member takes its values from
    private final Map<Member, MemberSchema> origins = new HashMap<>();
    private final List<MemberSchema> gone = new ArrayList<>();

    /**
     * A comparison.
     *
     * @param lockedSuperclasses nearest first, as far as they are locked
     */
    LockComparison(ModuleModel module, ClassSchema now, ClassSchema locked, List<ClassSchema> lockedSuperclasses) {
        this.module = module;
        this.name = module.name().display();
        this.now = now;
        this.locked = locked;
        this.lockedSuperclasses = lockedSuperclasses;
        this.heirs = new Heirs(module);
        this.comparison = new MemberComparison(name, locked.version(), heirs, new CurrentTies(module));
    }

    List<Problem> problems() {
        if (now.version() < locked.version()) {
            Place place = module.history().versionPlace();
            return List.of(Diagnostic.LOCKED_VERSION.at(place, name, now.version(), locked.version()));
        }
        compareSuperclass();
        compareMigration();
        compareInherited();
        compareMembers();
        compareRetired();
        List<Member> additions = additions();
        for (Renaming renaming : Renaming.guess(locked, gone, module.members(), additions)) {
            gone.remove(renaming.locked());
            additions.remove(renaming.member());
            problems.add(renaming.problem(name));
        }
        gone.forEach(member -> reportGone(member, member.key()));
        additions.stream()
                .filter(Member::isCertain)
                .forEach(member -> reportAddition(member, member.declaration().place()));
        inheritedAdditions().stream()
                .filter(Member::isCertain)
                .forEach(member -> reportAddition(member, module.place()));
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

    private void compareMigration() {
        if (locked.migrates() && !now.migrates()) {
            problems.add(Diagnostic.LOCKED_MIGRATION.at(module.place(), name, locked.version()));
        }
    }

    /** What a superclass makes of its own members is told there, but they may have moved down to this class. */
    private void compareInherited() {
        for (int i = lockedSuperclasses.size() - 1; i >= 0; i--) {
            for (MemberSchema member : lockedSuperclasses.get(i).members()) {
                Member heir = heirs.of(member.key());
                if (!member.persistent() || heir == null) {
                    continue;
                }
                if (isOwn(heir)) {
                    compare(member, heir);
                } else {
                    origins.putIfAbsent(heir, member);
                    comparison.inherit(member, heir);
                    Problem absence = comparison.inheritedAbsence(member, heir, module.place());
                    if (absence != null && !isToldAbove(heir)) {
                        problems.add(absence);
                    }
                }
            }
        }
    }

    private void compareMembers() {
        for (MemberSchema member : locked.members()) {
            Member heir = heirs.of(member.key());
            if (!member.persistent()) {
                continue;
            }
            if (heir == null) {
                compareGone(member);
            } else {
                compare(member, heir);
            }
        }
    }

    private void compare(MemberSchema member, Member heir) {
        Place place = isOwn(heir) ? heir.declaration().place() : module.place();
        MemberSchema other = origins.putIfAbsent(heir, member);
        // a member that moved may have both locks, where they were written one after the other
        Problem problem = other == null || other.key().equals(member.key())
                ? comparison.problem(member, heir, place)
                : Diagnostic.LOCKED_MERGE.of(heir, place, heir.display(), other.key(), member.key());
        if (problem != null) {
            problems.add(problem);
        }
    }

    private boolean isOwn(Member member) {
        return module.members().contains(member);
    }

    private void compareGone(MemberSchema member) {
        if (!heirs.isRetired(Heirs.retiredPattern(member, member.key()))) {
            gone.add(member);
            return;
        }
        for (String key : member.formerly()) {
            if (heirs.of(key) == null && !heirs.isRetired(Heirs.retiredPattern(member, key))) {
                reportGone(member, key);
            }
        }
    }

    private void compareRetired() {
        for (String glob : locked.retired()) {
            Member heir = heirs.of(glob);
            if (heirs.isRetired(glob) || heir != null && !heir.key().equals(glob)) {
                continue;
            }
            String outcome = heir == null ? "not load" : "be loaded into " + heir.display();
            String otherwise = heir == null ? "" : " and another key for " + heir.display();
            problems.add(Diagnostic.LOCKED_RETIRED.at(module.place(), glob, name, outcome, otherwise));
        }
    }

    /** The members of the class itself that dicts of the locked class lack, and may not lack. */
    private List<Member> additions() {
        return new ArrayList<>(
                module.members().stream().filter(this::isAddition).toList());
    }

    private boolean isAddition(Member member) {
        return member.isVisited()
                && !origins.containsKey(member)
                && member.history().addedIn() <= locked.version();
    }

    /**
     * What superclasses have added in a version that dicts of this class have already. Where a superclass is not locked, it
     * cannot be told what is new.
     */
    private List<Member> inheritedAdditions() {
        ClassSchema top = lockedSuperclasses.isEmpty() ? locked : lockedSuperclasses.get(lockedSuperclasses.size() - 1);
        if (top.superclass() != null || !Objects.equals(now.superclass(), locked.superclass())) {
            return List.of();
        }
        return module.inheritance().members().stream()
                .filter(member -> isAddition(member) && !isToldAbove(member))
                .toList();
    }

    private boolean isToldAbove(Member member) {
        for (ClassSchema superclass : lockedSuperclasses) {
            if (member.history().addedIn() <= superclass.version()) {
                return true;
            }
            String module = superclass.module();
            if (module.substring(module.lastIndexOf('.') + 1)
                    .replace('$', '.')
                    .equals(member.field().owner())) {
                return false;
            }
        }
        return false;
    }

    private void reportGone(MemberSchema member, String key) {
        problems.add(
                Diagnostic.LOCKED_KEY.at(module.place(), key, member.kind(), name, Renaming.ways(member, key, name)));
    }

    private void reportAddition(Member member, Place place) {
        problems.add(Diagnostic.LOCKED_ADDITION.of(
                member, place, member.display(), locked.version(), name, member.key(), locked.version() + 1));
    }
}
