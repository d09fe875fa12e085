package dev.statedict.processor.checks;

import dev.statedict.processor.model.AccessorOverride;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All rules. */
public final class Checks {
    // of several problems with one member the first is told, so the rule that names the cause stands first
    private static final List<Check> ALL = List.of(
            new ModuleKindCheck(),
            new PrivateClassCheck(),
            new NameCollisionCheck(),
            new SuperclassCheck(),
            new ContractMethodCheck(),
            new NoEntryCheck(),
            Checks::accessorOverrides,
            new MethodMemberCheck(),
            new ConflictingAnnotationsCheck(),
            new StaticFieldCheck(),
            new MemberTypeCheck(),
            new TieCheck(),
            new LostStateCheck(),
            new PrivateFieldCheck(),
            new AssignmentCheck(),
            new InheritedAssignmentCheck(),
            new KeyCheck(),
            new VersionCheck(),
            new MigrationCheck(),
            new FormerKeyCheck(),
            new AdditionCheck(),
            new RetiredCheck(),
            new ShapeCheck(),
            new NoHistoryCheck());

    private Checks() {}

    /** A superclass's private member is read through its accessor, and not through whatever a subclass makes of that. */
    private static void accessorOverrides(ModuleModel module, Consumer<Problem> problems) {
        for (AccessorOverride override : module.inheritance().accessorOverrides()) {
            problems.accept(Diagnostic.OVERRIDDEN_ACCESSOR.at(
                    override.place(), override.method(), override.member().display()));
        }
    }

    /**
     * What the rules say of a class.
     *
     * @param problems what is wrong, with the class first, then with its members in source order, each told once
     * @param sound the class without what generated code cannot reach or should not
     */
    public record Verdict(List<Problem> problems, ModuleModel sound) {}

    public static Verdict examine(ModuleModel module) {
        List<Problem> problems = new ArrayList<>();
        Set<Member> wrong = new HashSet<>();
        for (Check check : ALL) {
            check.check(module, problem -> {
                Member member = problem.member();
                if (member == null || problem.warning() || wrong.add(member)) {
                    problems.add(problem);
                }
            });
        }
        List<Member> members = module.members();
        problems.sort(Comparator.comparingInt(problem -> placeOf(problem.member(), members)));
        List<Member> sound = members.stream()
                .filter(member -> module.declaration().castable() && !wrong.contains(member))
                .toList();
        return new Verdict(problems, module.withMembers(sound));
    }

    /** A list that holds no null is not asked for one. */
    private static int placeOf(@Nullable Member member, List<Member> members) {
        return member == null ? -1 : members.indexOf(member);
    }
}
