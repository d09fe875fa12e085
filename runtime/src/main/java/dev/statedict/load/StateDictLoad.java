package dev.statedict.load;

import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.tree.AfterLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Loads a state dict: read, match, plan, and only when nothing stands in the way, commit. */
public final class StateDictLoad {
    private final Stateful module;
    private final Rules rules;
    private final LoadTargets targets;
    private final Migrations migrations;
    private final SourceEntries source;
    private final LoadMatch match;
    private final TieResolution ties;
    private final LoadPlan plan = new LoadPlan();

    private StateDictLoad(Stateful module, SourceEntries given, Rules rules) {
        this.module = module;
        this.rules = rules;
        this.targets = LoadTargets.of(module, given.entries().size());
        this.migrations = new Migrations(targets, rules);
        this.source = migrations.afterHooks(migrations.beforeHooks(given).throughHooks(targets.outerFirst()));
        this.match = LoadMatch.of(source, targets, rules);
        this.ties = TieResolution.of(match);
    }

    public static LoadReport load(Stateful module, Map<?, ?> state, Rules rules) {
        StateDictLoad load = new StateDictLoad(module, SourceEntries.of(state, rules), rules);
        LoadReport report = load.checked();
        load.plan.commit(report);
        AfterLoad.run(load.targets.innerFirst(), report);
        return report;
    }

    /** Plans all writes; what stands in the way is thrown, all of it at once. */
    private LoadReport checked() {
        targets.checkDeclaredTies();
        List<LoadProblem> problems = new ArrayList<>(migrations.problems());
        problems.addAll(match.problems());
        AssignmentSlots slots = new AssignmentSlots();
        if (rules.policy() == Policy.ALIAS) {
            problems.addAll(AliasLoading.plan(targets, ties, slots, plan));
        } else {
            CopyLoading.plan(match, ties, plan);
        }
        problems.addAll(ValueLoading.plan(match.values(), ties, slots, plan));

        List<LoadTarget> missing = match.missing().stream()
                .filter(target -> !isSatisfiedByTie(target.key()) && !migrations.isAddition(source, target.key()))
                .toList();
        List<SourceEntries.Entry> unexpected = match.unexpected(targets);
        refuse(missing, unexpected, problems);
        return report(missing, unexpected, List.of());
    }

    /** Of a declared tie, one name is enough. */
    private boolean isSatisfiedByTie(String key) {
        return ties.tied().containsKey(key) && targets.declaredTies().contains(key);
    }

    private void refuse(List<LoadTarget> missing, List<SourceEntries.Entry> unexpected, List<LoadProblem> problems) {
        List<LoadTarget> refusedMissing = missing.stream()
                .filter(target -> !rules.allowsMissing(target.key()))
                .toList();
        List<SourceEntries.Entry> refusedUnexpected = unexpected.stream()
                .filter(entry -> !rules.allowsUnexpected(entry.givenKey()) && !rules.allowsUnexpected(entry.key()))
                .toList();
        boolean forgiven = refusedMissing.isEmpty() && refusedUnexpected.isEmpty() && problems.isEmpty();
        if (forgiven && (!match.applied().isEmpty() || targets.targets().isEmpty())) {
            return;
        }
        if (forgiven) {
            problems.add(new LoadProblem.NothingApplied(
                    source.entries().size(), targets.targets().size()));
        }
        String message = LoadMessage.of(module, keys(refusedMissing), givenKeys(refusedUnexpected), problems);
        // where nothing was applied, what was forgiven is what went wrong
        String help = forgiven
                ? LoadHelp.of(missing, unexpected, problems, match.noneUsed())
                : LoadHelp.of(refusedMissing, refusedUnexpected, problems, match.noneUsed());
        throw new StateDictLoadException(
                help.isEmpty() ? message : message + "\n\n" + help,
                LoadPlan.unapplied(report(missing, unexpected, problems)));
    }

    private LoadReport report(
            List<LoadTarget> missing, List<SourceEntries.Entry> unexpected, List<LoadProblem> problems) {
        List<String> unchanged = match.ownTensors().stream()
                .map(tensor -> tensor.target().key())
                .filter(key -> !ties.tied().containsKey(key))
                .toList();
        return new LoadReport(
                keys(match.applied()),
                keys(missing),
                givenKeys(unexpected),
                match.skipped(),
                match.renamed(),
                migrations.retired(),
                ties.tied(),
                unchanged,
                problems.stream().map(LoadProblem::message).toList());
    }

    private static List<String> keys(List<LoadTarget> targets) {
        return targets.stream().map(LoadTarget::key).toList();
    }

    private static List<String> givenKeys(List<SourceEntries.Entry> entries) {
        return entries.stream().map(SourceEntries.Entry::givenKey).toList();
    }
}
