package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import dev.statedict.processor.model.RuntimeNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keys are identity: each is a name that can stand between dots, and stands once in a class and its superclasses. */
final class KeyCheck implements Check {
    // extra state's own key, and the key under which safetensors files keep their metadata
    private static final Set<String> RESERVED = Set.of(RuntimeNames.EXTRA_STATE_KEY, "__metadata__");

    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        Map<String, Member> taken = new HashMap<>();
        module.inheritance().members().stream()
                .filter(member -> hasKey(member) && refusal(member) == null)
                .forEach(member -> taken.putIfAbsent(member.key(), member));
        module.members().stream().filter(KeyCheck::hasKey).forEach(member -> {
            // a key that is refused is taken by nobody
            Problem refusal = refusal(member);
            Member other = refusal != null ? null : taken.putIfAbsent(member.key(), member);
            if (refusal != null) {
                problems.accept(refusal);
            } else if (other != null && other.role() == MemberRole.EXTRA_STATE) {
                problems.accept(Diagnostic.SECOND_EXTRA_STATE.of(
                        member, member.declaration().place(), member.display(), other.display()));
            } else if (other != null) {
                problems.accept(Diagnostic.DUPLICATE_KEY.of(
                        member,
                        member.declaration().keyPlace(),
                        member.key(),
                        member.display(),
                        other.display(),
                        hides(member, other) ? ", which it hides; drop it, or " : "; "));
            }
        });
    }

    /** Whether a field has the name of one of a superclass, which is often a mistake, and then no matter of keys. */
    private static boolean hides(Member member, Member other) {
        return !member.field().owner().equals(other.field().owner())
                && member.field().name().equals(other.field().name())
                && !member.is(FieldTrait.METHOD)
                && !other.is(FieldTrait.METHOD);
    }

    private static boolean hasKey(Member member) {
        // where a value turns out to be a module, its key is held against the others at run time
        return member.role() != MemberRole.UNDECLARED && member.isCertain();
    }

    /** What is wrong with a key on its own; null when nothing is. */
    private static @Nullable Problem refusal(Member member) {
        String key = member.key();
        if (key.isEmpty()) {
            return Diagnostic.EMPTY_KEY.of(member, member.declaration().keyPlace(), member.display());
        }
        if (!Words.isEncodable(key)) {
            return Diagnostic.UNENCODABLE_KEY.of(
                    member,
                    member.declaration().keyPlace(),
                    "the key " + Words.quoted(key) + " of " + member.display());
        }
        if (key.indexOf('.') >= 0) {
            return Diagnostic.DOTTED_KEY.of(member, member.declaration().keyPlace(), key, member.display());
        }
        return RESERVED.contains(key) && member.role() != MemberRole.EXTRA_STATE
                ? Diagnostic.RESERVED_KEY.of(member, member.declaration().keyPlace(), key, member.display())
                : null;
    }
}
