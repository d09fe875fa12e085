package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.FormerKey;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A former key leads to one member: it is a name, no key that the class has now, and nobody else's past. */
final class FormerKeyCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        Map<String, Member> live = new HashMap<>();
        Stream.concat(module.inheritance().members().stream(), module.members().stream())
                .filter(FormerKeyCheck::hasKey)
                .forEach(member -> live.put(member.key(), member));
        Map<String, String> claims = claimsOfOthers(module);
        for (Member member : module.members()) {
            for (FormerKey former : member.history().formerKeys()) {
                check(member, former, live, claims, problems);
            }
        }
        checkOwnKeys(module, problems);
    }

    private static void check(
            Member member,
            FormerKey former,
            Map<String, Member> live,
            Map<String, String> claims,
            Consumer<Problem> problems) {
        String key = former.key();
        Member owner = live.get(key);
        if (!Words.isEncodable(key)) {
            problems.accept(Diagnostic.UNENCODABLE_KEY.of(
                    member, former.place(), "the former key " + Words.quoted(key) + " of " + member.display()));
        } else if (key.isEmpty() || key.indexOf('.') >= 0) {
            problems.accept(Diagnostic.FORMER_KEY_NAME.of(member, former.place(), key, member.display()));
        } else if (owner != null) {
            String whose = owner == member ? "the same field" : owner.display();
            problems.accept(Diagnostic.FORMER_KEY_LIVE.of(member, former.place(), key, member.display(), whose));
        } else {
            String claim = claims.putIfAbsent(key, member.display());
            if (member.display().equals(claim)) {
                problems.accept(Diagnostic.FORMER_KEY_TWICE.of(member, former.place(), key, claim));
            } else if (claim != null) {
                problems.accept(Diagnostic.FORMER_KEY_TAKEN.of(member, former.place(), key, member.display(), claim));
            }
        }
    }

    /** Old keys that superclasses claim, and those that are retired by name. */
    private static Map<String, String> claimsOfOthers(ModuleModel module) {
        Map<String, String> claims = new HashMap<>();
        Stream.concat(module.inheritance().retired().stream(), module.history().retired().stream())
                .forEach(retired -> claims.put(retired.glob(), "@Retired of " + retired.owner()));
        for (Member member : module.inheritance().members()) {
            member.history().formerKeys().forEach(former -> claims.put(former.key(), member.display()));
        }
        return claims;
    }

    /** A key of the class itself may be one that a superclass remembers. */
    private static void checkOwnKeys(ModuleModel module, Consumer<Problem> problems) {
        Map<String, Member> inherited = new HashMap<>();
        for (Member member : module.inheritance().members()) {
            member.history().formerKeys().forEach(former -> inherited.put(former.key(), member));
        }
        for (Member member : module.members()) {
            Member heir = inherited.get(member.key());
            if (heir != null && hasKey(member)) {
                problems.accept(Diagnostic.FORMER_KEY_LIVE.of(
                        member, member.declaration().keyPlace(), member.key(), heir.display(), member.display()));
            }
        }
    }

    private static boolean hasKey(Member member) {
        return member.isVisited() && member.isCertain() && member.role() != MemberRole.EXTRA_STATE;
    }
}
