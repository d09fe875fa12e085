package dev.statedict;

import dev.statedict.SourceEntries.SourceEntry;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads a state dict: read, match, plan, and only when nothing stands in the way, commit. */
final class StateDictLoad {
    private final Stateful module;
    private final LoadOptions options;
    private final LoadTargets targets;
    private final Migrations migrations;
    private final SourceEntries source;

    private StateDictLoad(Stateful module, Map<?, ?> state, LoadOptions options) {
        this.module = module;
        this.options = options;
        this.targets = LoadTargets.of(module);
        this.migrations = new Migrations(targets, options);
        SourceEntries given = migrations.beforeHooks(SourceEntries.of(state, options));
        this.source = migrations.afterHooks(given.throughHooks(targets.modules()));
    }

    static LoadReport load(Stateful module, Map<?, ?> state, LoadOptions options) {
        StateDictLoad load = new StateDictLoad(module, state, options);
        LoadReport report = load.planAndCommit();
        AfterLoad.run(load.targets.modules(), report);
        return report;
    }

    private LoadReport planAndCommit() {
        checkDeclaredTies();
        LoadMatch match = LoadMatch.of(source, targets, options);
        TieResolution ties = TieResolution.of(match);
        LoadPlan plan = new LoadPlan();
        List<LoadProblem> problems = new ArrayList<>(migrations.problems());
        problems.addAll(match.problems());
        AssignmentSlots slots = new AssignmentSlots(targets);
        if (options.policy() == Policy.ALIAS) {
            problems.addAll(AliasLoading.plan(ties, targets, slots, plan));
        } else {
            CopyLoading.plan(match.tensors(), plan);
        }
        problems.addAll(ValueLoading.plan(match.values(), slots, plan));
        LoadReport report = report(match, ties);
        refuse(match, report, problems);
        plan.commit(report);
        return report;
    }

    private void checkDeclaredTies() {
        if (targets.declaredTies().isEmpty()) {
            return;
        }
        Map<String, Tensor> tensors = new HashMap<>();
        for (LoadTarget target : targets.targets()) {
            if (target instanceof LoadTarget.OfTensor place) {
                tensors.put(place.key(), place.current());
            }
        }
        targets.declaredTies().check(tensors::get);
    }

    private LoadReport report(LoadMatch match, TieResolution ties) {
        List<String> missing = match.missing().stream()
                .map(LoadTarget::key)
                .filter(key ->
                        !(ties.tied().containsKey(key) && targets.declaredTies().contains(key)))
                .filter(key -> !migrations.isAddition(source, key))
                .toList();
        List<String> unexpected =
                match.unexpected(targets).stream().map(SourceEntry::givenKey).toList();
        List<String> unchanged = match.tensors().stream()
                .filter(LoadMatch.TensorMatch::isOwnTensor)
                .map(tensor -> tensor.target().key())
                .filter(key -> !ties.tied().containsKey(key))
                .toList();
        return new LoadReport(
                match.applied(),
                missing,
                unexpected,
                match.skipped(),
                source.renamed(match.used()),
                migrations.retired(),
                ties.tied(),
                unchanged);
    }

    private void refuse(LoadMatch match, LoadReport report, List<LoadProblem> problems) {
        List<String> missing = report.missing().stream()
                .filter(key -> !options.allowsMissing(key))
                .toList();
        List<String> unexpected = report.unexpected().stream()
                .filter(key -> !options.allowsUnexpected(key))
                .toList();
        boolean refused = !missing.isEmpty() || !unexpected.isEmpty() || !problems.isEmpty();
        if (!refused && report.applied().isEmpty() && !targets.targets().isEmpty()) {
            problems.add(new LoadProblem.NothingApplied(
                    source.entries().size(), targets.targets().size()));
            refused = true;
        }
        if (refused) {
            String message = LoadMessage.of(module, missing, unexpected, problems);
            String help = LoadHelp.of(source, match, targets);
            throw new StateDictLoadException(help.isEmpty() ? message : message + "\n\n" + help, report.unapplied());
        }
    }
}
