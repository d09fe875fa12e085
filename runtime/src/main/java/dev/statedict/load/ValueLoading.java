package dev.statedict.load;

import dev.statedict.load.AssignmentSlots.Slot;
import dev.statedict.load.LoadMatch.ValueMatch;
import java.util.ArrayList;
import java.util.List;

/** Plans to assign counters and extra state, which have no storage to copy into. */
public final class ValueLoading {
    private ValueLoading() {}

    /** Adds the writes to the plan; what stands in their way is returned. */
    static List<LoadProblem> plan(List<ValueMatch> matches, TieResolution ties, AssignmentSlots slots, LoadPlan plan) {
        List<LoadProblem> problems = new ArrayList<>();
        for (ValueMatch match : matches) {
            String key = match.target().key();
            Slot slot = slots.find(match.target().owner(), match.target().name());
            if (slot == null) {
                problems.add(new LoadProblem.NotOffered(key, match.target().name()));
            } else if (!fits(match, slot)) {
                problems.add(LoadProblem.WrongSlot.of(key, describe(match.target()), slot.current()));
            } else if (ties.wins(match)) {
                plan.assign(key, slot, match.given());
            }
        }
        return problems;
    }

    /** A wrong type would only show in the commit, as a failed cast. */
    private static boolean fits(ValueMatch match, Slot slot) {
        if (match.target() instanceof LoadTarget.OfCounter counter) {
            return counter.type().boxed().isInstance(slot.current());
        }
        return match.target() instanceof LoadTarget.OfExtraState extra
                && (slot.current() == null || extra.type().isInstance(slot.current()));
    }

    private static String describe(LoadTarget target) {
        return target instanceof LoadTarget.OfCounter counter
                ? counter.type().boxed().getSimpleName()
                : "extra state";
    }
}
