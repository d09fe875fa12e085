package dev.statedict.load;

import dev.statedict.StateMigration;
import dev.statedict.tree.KeyWalk;
import dev.statedict.tree.ModuleHistory;
import dev.statedict.tree.ModulePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings a dict of earlier versions of the classes to the current ones: former names of submodules, then each module's
 * migration, outer modules first, then former names of members, then retired keys.
 */
final class Migrations {
    /** A module or container of the tree. */
    private static final class Part implements KeyWalk.Place<Part> {
        static final ModuleHistory NONE = new ModuleHistory();

        private final ModuleHistory history;
        private final Map<String, Part> below = new HashMap<>();

        Part(@Nullable ModuleHistory history) {
            this.history = history == null ? NONE : history;
        }

        @Override
        public ModuleHistory history() {
            return history;
        }

        @Override
        public List<Part> below(String name) {
            Part part = below.get(name);
            return part == null ? List.of() : List.of(part);
        }
    }

    /** A walk under current names that ends where a place on the way says so. */
    private abstract static class Search extends KeyWalk<Part, Boolean> {
        abstract boolean isFound(ModuleHistory history, String prefix, String rest);

        @Override
        protected @Nullable Boolean enter(Part part, String prefix, String rest) {
            return isFound(part.history(), prefix, rest) ? true : null;
        }

        @Override
        protected String name(Part part, String given) {
            return given;
        }

        boolean find(Part root, String key) {
            return follow(root, "", key) != null;
        }
    }

    private final Targets targets;
    // null where no class says anything of its past
    private final @Nullable Part root;
    private final Rules rules;
    private final List<Problem> problems = new ArrayList<>();
    private List<String> retired = List.of();

    Migrations(Targets targets, Rules rules) {
        this.targets = targets;
        this.root = targets.histories().isEmpty() ? null : root(targets);
        this.rules = rules;
    }

    private static Part root(Targets targets) {
        Map<ModulePath, Part> parts = new IdentityHashMap<>();
        for (ModulePath path : targets.paths()) {
            Part part = new Part(targets.histories().get(path));
            parts.put(path, part);
            if (path.parent() != null) {
                Objects.requireNonNull(parts.get(path.parent())).below.put(path.name(), part);
            }
        }
        return Objects.requireNonNull(parts.get(targets.paths().get(0)));
    }

    /** The entries under the names that the hooks of the modules expect. */
    Sources beforeHooks(Sources source) {
        return root == null ? source : source.withModules(key -> KeyWalk.withCurrentModules(root, key));
    }

    /** The entries as the current classes name them. */
    Sources afterHooks(Sources source) {
        refuseNewer(source);
        if (root == null) {
            return source;
        }
        Sources current = source;
        for (Map.Entry<ModulePath, ModuleHistory> module : targets.histories().entrySet()) {
            current = migrate(current, module.getKey().prefix(), module.getValue());
        }
        current = current.withNames(key -> KeyWalk.withCurrentNames(root, key));
        retired = current.entries().stream()
                .filter(entry -> isRetired(root, entry.key()))
                .map(SourceEntry::givenKey)
                .toList();
        return retired.isEmpty() ? current : current.filter(entry -> !isRetired(root, entry.key()));
    }

    /** Whether a module on the way to the key has retired it. */
    private static boolean isRetired(Part root, String key) {
        return new Search() {
            @Override
            boolean isFound(ModuleHistory history, String prefix, String rest) {
                return history.isRetired(rest);
            }
        }.find(root, key);
    }

    /** A class that says nothing of its past has version 1. */
    private void refuseNewer(Sources source) {
        source.versions().byPrefix().entrySet().stream()
                .filter(version -> version.getValue() > 1 && isModuleWithoutPast(version.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(version -> new Problem.NewerVersion(version.getKey(), version.getValue(), 1))
                .forEach(problems::add);
    }

    private boolean isModuleWithoutPast(String prefix) {
        return targets.paths().stream()
                .anyMatch(path ->
                        path.prefix().equals(prefix) && !targets.histories().containsKey(path));
    }

    private Sources migrate(Sources source, String prefix, ModuleHistory module) {
        int version = source.versions().of(prefix, rules.assumedVersion(module.version()));
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
        return root != null
                && new Search() {
                    @Override
                    boolean isFound(ModuleHistory history, String prefix, String rest) {
                        int version = source.versions().of(prefix, rules.assumedVersion(history.version()));
                        return history.isYoungerThan(KeyWalk.firstName(rest), version);
                    }
                }.find(root, key);
    }

    List<Problem> problems() {
        return problems;
    }

    /** The keys of the caller's dict that were dropped. */
    List<String> retired() {
        return retired;
    }
}
