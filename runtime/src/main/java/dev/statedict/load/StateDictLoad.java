package dev.statedict.load;

import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.load.Targets.Target;
import dev.statedict.text.KeyList;
import dev.statedict.tree.HookedModule;
import dev.statedict.tree.MemberKeys;
import dev.statedict.tree.PossibleTies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** Loads a state dict: read, match, plan, and only when nothing stands in the way, commit. */
public final class StateDictLoad {
    private final Stateful module;
    private final Rules rules;
    private final Targets targets;
    private final Migrations migrations;
    private final Sources source;
    private final Match match;
    private final Ties ties;
    private final Plan plan = new Plan();
    private final AssignmentSlots slots = new AssignmentSlots();
    private final Set<String> possibleTies;
    private Map<String, String> overlapping = Map.of();

    private StateDictLoad(Stateful module, Map<?, ?> state, Rules rules) {
        Sources given = Sources.of(state, rules);
        this.module = module;
        this.rules = rules;
        this.possibleTies = state instanceof StateDict dict ? PossibleTies.of(dict) : Set.of();
        this.targets = Targets.of(module, given.entries().size());
        this.migrations = new Migrations(targets, rules);
        this.source = migrations.afterHooks(migrations.beforeHooks(given).throughHooks(targets.outerFirst()));
        this.match = Match.of(source, targets, rules);
        this.ties = Ties.of(match);
    }

    public static LoadReport load(Stateful module, Map<?, ?> state, Rules rules) {
        StateDictLoad load = new StateDictLoad(module, state, rules);
        LoadReport report = load.checked();
        load.plan.commit(report, load.slots, load.standing());
        HookedModule.runAfterLoad(load.targets.innerFirst(), report);
        return report;
    }

    private Standing standing() {
        return new Standing(module, targets, match, ties, rules.policy());
    }

    /** Plans all writes; what stands in the way is thrown, all of it at once. */
    private LoadReport checked() {
        targets.checkDeclaredTies();
        List<Problem> problems = new ArrayList<>(migrations.problems());
        problems.addAll(match.problems());
        targets.copies().stream()
                .filter(copy -> copy.ofElements() || rules.policy() == Policy.ALIAS)
                .forEach(copy -> problems.add(new Problem.MadeAnew(copy)));
        if (rules.policy() == Policy.ALIAS) {
            problems.addAll(AliasPlan.plan(targets, ties, slots, plan));
        } else {
            problems.addAll(CopyPlan.plan(match, ties, plan));
            if (problems.isEmpty() && !match.areApart()) {
                overlapping = Overlaps.contradictions(match.tensors(), ties);
            }
        }
        problems.addAll(ValuePlan.plan(match.values(), ties, slots, plan));

        List<Target> missing = match.missing().stream()
                .filter(target -> !isSatisfiedByTie(target.key()) && !migrations.isAddition(source, target.key()))
                .toList();
        List<SourceEntry> unexpected = match.unexpected(targets).stream()
                .filter(entry -> !possibleTies.contains(entry.givenKey()))
                .toList();
        refuse(missing, unexpected, problems);
        return report(missing, unexpected, List.of());
    }

    /** Of a declared tie, one name is enough. */
    private boolean isSatisfiedByTie(String key) {
        return ties.tied().containsKey(key) && targets.declaredTies().contains(key);
    }

    private void refuse(List<Target> missing, List<SourceEntry> unexpected, List<Problem> problems) {
        List<Target> refusedMissing = missing.stream()
                .filter(target -> !rules.allowsMissing(target.key()))
                .toList();
        List<SourceEntry> refusedUnexpected = unexpected.stream()
                .filter(entry -> !rules.allowsUnexpected(entry.givenKey()) && !rules.allowsUnexpected(entry.key()))
                .toList();
        boolean forgiven = refusedMissing.isEmpty() && refusedUnexpected.isEmpty() && problems.isEmpty();
        if (forgiven && (!match.applied().isEmpty() || targets.targets().isEmpty())) {
            return;
        }
        if (forgiven) {
            problems.add(new Problem.NothingApplied(
                    source.entries().size(), targets.targets().size()));
        }
        String message = message(module, keys(refusedMissing), givenKeys(refusedUnexpected), problems);
        // where nothing was applied, what was forgiven is what went wrong
        String help = forgiven
                ? Help.of(missing, unexpected, targets.absent(), problems, match.noneUsed())
                : Help.of(refusedMissing, refusedUnexpected, targets.absent(), problems, match.noneUsed());
        throw new StateDictLoadException(
                help.isEmpty() ? message : message + "\n\n" + help,
                Plan.unapplied(report(missing, unexpected, problems)));
    }

    private LoadReport report(List<Target> missing, List<SourceEntry> unexpected, List<Problem> problems) {
        List<String> unchanged = match.ownTensors().stream()
                .map(tensor -> tensor.target().key())
                .filter(this::isWhatWasGiven)
                .toList();
        return new LoadReport(
                ties.tied().isEmpty() && overlapping.isEmpty()
                        ? keys(match.applied())
                        : keys(match.applied()).stream()
                                .filter(this::isWhatWasGiven)
                                .toList(),
                keys(missing),
                givenKeys(unexpected),
                match.skipped(),
                renamed(),
                migrations.retired(),
                ties.tied(),
                overlapping,
                unchanged,
                source.dropped(),
                source.untouched(),
                problems.stream().map(Problem::message).toList());
    }

    private boolean isWhatWasGiven(String key) {
        return !ties.tied().containsKey(key) && !overlapping.containsKey(key);
    }

    /** As the match has it; of entries that a mapping made, each of the keys they were made of. */
    private Map<String, String> renamed() {
        if (rules.mapping() == null) {
            return match.renamed();
        }
        Map<String, StringJoiner> names = new LinkedHashMap<>();
        for (Target target : match.applied()) {
            int position = source.position(target.key());
            if (position >= 0) {
                for (String origin : source.origins(source.entries().get(position))) {
                    names.computeIfAbsent(origin, key -> new StringJoiner(", ")).add(target.key());
                }
            }
        }
        Map<String, String> renamed = new LinkedHashMap<>();
        names.forEach((origin, all) -> renamed.put(origin, all.toString()));
        renamed.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
        return renamed;
    }

    private static List<String> keys(List<Target> targets) {
        return MemberKeys.of(targets, Target::module, Target::name);
    }

    private static List<String> givenKeys(List<SourceEntry> entries) {
        return entries.stream().map(SourceEntry::givenKey).toList();
    }

    /** PyTorch's text, in its order (the end of {@code Module.load_state_dict}). */
    private static String message(
            Stateful module, List<String> missing, List<String> unexpected, List<Problem> problems) {
        List<String> lines = new ArrayList<>();
        if (!missing.isEmpty()) {
            lines.add("Missing key(s) in state_dict: " + KeyList.quoted(missing) + ". ");
        }
        if (!unexpected.isEmpty()) {
            lines.add("Unexpected key(s) in state_dict: " + KeyList.quoted(unexpected) + ". ");
        }
        List<String> unassignable = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Problem problem : problems) {
            if (problem instanceof Problem.Unassignable member) {
                unassignable.add(member.key());
            } else {
                others.add(problem.message());
            }
        }
        lines.addAll(KeyList.lines(others, "more problem"));
        if (!unassignable.isEmpty()) {
            lines.add("Member(s) that cannot be assigned: " + KeyList.quoted(unassignable)
                    + ". They are final, private or a method without a setter, an AsTensor, or in an unmodifiable container:"
                    + " load them with Policy.COPY, or make them assignable.");
        }
        return "Error(s) in loading state_dict for " + nameOf(module) + ":\n\t" + String.join("\n\t", lines);
    }

    /** The simple class name; an anonymous class has none, and is called by the end of its binary name. */
    private static String nameOf(Stateful module) {
        String simple = module.getClass().getSimpleName();
        String binary = module.getClass().getName();
        return simple.isEmpty() ? binary.substring(binary.lastIndexOf('.') + 1) : simple;
    }
}
