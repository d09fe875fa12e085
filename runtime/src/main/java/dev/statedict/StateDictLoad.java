package dev.statedict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Loads a state dict: read, match, plan, and only when nothing stands in the way, commit. */
final class StateDictLoad {
    private StateDictLoad() {}

    static LoadReport load(Stateful module, Map<?, ?> state, LoadOptions options) {
        SourceEntries source = SourceEntries.of(state);
        LoadTargets targets = LoadTargets.of(module);
        LoadMatch match = LoadMatch.of(source, targets);
        List<String> unexpected = match.unexpected(targets);

        LoadPlan plan = new LoadPlan();
        List<LoadProblem> problems = new ArrayList<>(match.problems());
        AssignmentSlots slots = new AssignmentSlots(targets);
        if (options.policy() == Policy.ALIAS) {
            problems.addAll(AliasLoading.plan(match.tensors(), targets, slots, plan));
        } else {
            CopyLoading.plan(match.tensors(), plan);
        }
        problems.addAll(ValueLoading.plan(match.values(), slots, plan));

        if (!match.missing().isEmpty() || !unexpected.isEmpty() || !problems.isEmpty()) {
            LoadReport report = new LoadReport(List.of(), match.missing(), unexpected);
            throw new StateDictLoadException(LoadMessage.of(module, report, problems), report);
        }
        LoadReport report = new LoadReport(match.applied(), match.missing(), unexpected);
        plan.commit(report);
        return report;
    }
}
