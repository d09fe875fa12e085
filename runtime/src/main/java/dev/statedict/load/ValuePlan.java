package dev.statedict.load;

import dev.statedict.Stateful;
import dev.statedict.load.AssignmentSlots.Slot;
import dev.statedict.load.Match.ValueMatch;
import dev.statedict.load.Targets.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Plans to assign primitives and extra state, which have no storage to copy into. */
final class ValuePlan {
    private ValuePlan() {}

    /** Adds the writes to the plan; what stands in their way is returned. */
    static List<Problem> plan(List<ValueMatch> matches, Ties ties, AssignmentSlots slots, Plan plan) {
        List<Problem> problems = new ArrayList<>();
        for (ValueMatch match : matches) {
            String key = match.target().key();
            if (!(match.target().owner() instanceof Stateful owner)) {
                if (ties.wins(match)) {
                    assignElement(match, plan, problems);
                }
                continue;
            }
            Slot slot = slots.find(owner, match.target().name());
            if (slot == null) {
                problems.add(new Problem.NotOffered(key, match.target().name()));
            } else if (!fits(match, slot)) {
                problems.add(Problem.WrongSlot.of(key, describe(match.target()), slot.current()));
            } else if (ties.wins(match)) {
                boolean optional = slot.current() instanceof Optional<?>;
                plan.assign(key, slot, optional ? Optional.ofNullable(match.given()) : match.given());
            }
        }
        return problems;
    }

    /** A number in a container, which is boxed. */
    private static void assignElement(ValueMatch match, Plan plan, List<Problem> problems) {
        String key = match.target().key();
        Problem problem = new ContainerElement(
                        match.target().owner(), match.target().name())
                .replace(key, Objects.requireNonNull(match.given()), new Problem.UnmodifiableNumber(key), plan);
        if (problem != null) {
            problems.add(problem);
        }
    }

    /** A wrong type would only show in the commit, as a failed cast. */
    private static boolean fits(ValueMatch match, Slot slot) {
        if (match.target() instanceof Target.OfPrimitive primitive) {
            Object current = slot.current() instanceof Optional<?> value ? value.orElse(null) : slot.current();
            return primitive.type().boxed().isInstance(current);
        }
        return match.target() instanceof Target.OfExtraState extra
                && (slot.current() == null || extra.type().isInstance(slot.current()));
    }

    private static String describe(Target target) {
        return target instanceof Target.OfPrimitive primitive
                ? primitive.type().boxed().getSimpleName()
                : "extra state";
    }
}
