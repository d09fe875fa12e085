package dev.statedict.load;

import dev.statedict.StateMigration;
import dev.statedict.tree.ModuleHistory;
import dev.statedict.tree.ModulePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Brings a dict of earlier versions of the classes to the current ones: former names of submodules, then each module's
 * migration, outer modules first, then former names of members, then retired keys.
 */
public final class Migrations {
    private final Targets targets;
    private final TreeHistory history;
    private final Rules rules;
    private final List<Problem> problems = new ArrayList<>();
    private List<String> retired = List.of();

    Migrations(Targets targets, Rules rules) {
        this.targets = targets;
        this.history = new TreeHistory(targets);
        this.rules = rules;
    }

    /** The entries under the names that the hooks of the modules expect. */
    Sources beforeHooks(Sources source) {
        return history.isEmpty() ? source : source.withCurrentModules(history);
    }

    /** The entries as the current classes name them. */
    Sources afterHooks(Sources source) {
        refuseNewer(source);
        if (history.isEmpty()) {
            return source;
        }
        Sources current = source;
        for (Map.Entry<ModulePath, ModuleHistory> module : targets.histories().entrySet()) {
            current = migrate(current, module.getKey().prefix(), module.getValue());
        }
        current = current.withCurrentNames(history);
        retired = current.entries().stream()
                .filter(entry -> history.isRetired(entry.key()))
                .map(Sources.Entry::givenKey)
                .toList();
        return current.filter(entry -> !history.isRetired(entry.key()));
    }

    /** A class that says nothing of its past has version 1. */
    private void refuseNewer(Sources source) {
        source.versions().entrySet().stream()
                .filter(version -> version.getValue() > 1 && history.at(version.getKey()) == null)
                .filter(version -> isModule(version.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(version -> new Problem.NewerVersion(version.getKey(), version.getValue(), 1))
                .forEach(problems::add);
    }

    private boolean isModule(String prefix) {
        return targets.paths().stream().anyMatch(path -> path.prefix().equals(prefix));
    }

    private Sources migrate(Sources source, String prefix, ModuleHistory module) {
        int version = source.version(prefix, rules.assumedVersion(module.version()));
        if (version > module.version()) {
            problems.add(new Problem.NewerVersion(prefix, version, module.version()));
        }
        StateMigration migration = module.migration();
        if (version >= module.version() || migration == null) {
            return source;
        }
        return source.replaceBelow(
                prefix,
                prefix,
                state -> Objects.requireNonNull(
                        migration.migrate(state, version),
                        () -> "the migration of the module at \"" + prefix + "\" returned null"));
    }

    /** Whether a key is missing only because the dict is older than the member. */
    boolean isAddition(Sources source, String key) {
        return history.isAddition(key, prefix -> {
            ModuleHistory module = history.at(prefix);
            return source.version(prefix, rules.assumedVersion(module == null ? 1 : module.version()));
        });
    }

    List<Problem> problems() {
        return problems;
    }

    /** The keys of the caller's dict that were dropped. */
    List<String> retired() {
        return retired;
    }
}
