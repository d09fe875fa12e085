package dev.statedict.schema;

import dev.statedict.SchemaReport;
import dev.statedict.StateDictSchema;
import dev.statedict.StoredType;
import dev.statedict.load.DeclaredShapes;
import dev.statedict.load.Problem;
import dev.statedict.tensor.ElementType;
import dev.statedict.tree.DeclaredTies;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.KeyWalk;
import dev.statedict.tree.ModulePath;
import dev.statedict.tree.Versions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds stored entries against a schema: each key is followed from the root, through former names and containers. */
public final class SchemaCheck {
    /**
     * An entry as it is stored, as far as a schema can judge it.
     *
     * @param key its key
     * @param shape its shape; null for extra state
     * @param storedType the type of its elements
     * @param isPossibleTie whether the key may be none, as {@link dev.statedict.tree.PossibleTies} tells
     */
    public record Stored(String key, @Nullable List<Integer> shape, StoredType storedType, boolean isPossibleTie) {
        /** An entry whose key is one for sure. */
        public Stored(String key, @Nullable List<Integer> shape, StoredType storedType) {
            this(key, shape, storedType, false);
        }

        /** The extra state of the module at a path. */
        public static Stored extraState(String modulePath) {
            return new Stored(ExtraStateValue.key(modulePath), null, StoredType.U8);
        }
    }

    // a schema keeps its root to itself, and files, which it does not know, are checked against it too
    private static Function<StateDictSchema, SchemaNode> rootOf = schema -> {
        throw new AssertionError("a schema was made before its class was initialised");
    };

    /** Called once by the class of schemas itself, when it is initialised. */
    public static void openTo(Function<StateDictSchema, SchemaNode> root) {
        rootOf = root;
    }

    /**
     * Holds stored entries against a schema.
     *
     * @param versions the versions of the modules' classes by path, as {@code StateDict.versions} has them
     */
    public static SchemaReport check(StateDictSchema schema, List<Stored> stored, Map<String, Integer> versions) {
        return new SchemaCheck(rootOf.apply(schema), versions).check(stored);
    }

    /** Where a key leads: to a leaf, into the unknown, or to a retired name. */
    private record Found(SchemaNode owner, String prefix, String name, SchemaNode.@Nullable Leaf leaf) {
        String key() {
            return prefix + name;
        }
    }

    /** A module, and what leads to it. */
    private record Module(SchemaNode node, String prefix) {}

    private static final class ModuleWalk extends KeyWalk<SchemaNode, Module> {
        @Override
        protected @Nullable Module enter(SchemaNode node, String prefix, String rest) {
            return rest.isEmpty() ? new Module(node, prefix) : null;
        }
    }

    private final class EntryWalk extends KeyWalk<SchemaNode, Found> {
        @Override
        protected @Nullable Found enter(SchemaNode node, String prefix, String rest) {
            return node.isUnknown() || isToBeMigrated(node, prefix) ? new Found(node, prefix, rest, null) : null;
        }

        @Override
        protected @Nullable Found arrive(SchemaNode node, String prefix, String name) {
            SchemaNode.Leaf leaf =
                    node.leaves().getOrDefault(name, node.leaves().get(SchemaNode.ANY));
            return leaf == null ? null : new Found(node, prefix, name, leaf);
        }

        @Override
        protected @Nullable Found lost(SchemaNode node, String prefix, String rest) {
            return node.history().isRetired(rest) ? new Found(node, prefix, rest, RETIRED) : null;
        }

        @Override
        protected void passed(SchemaNode node, String prefix) {
            visited.computeIfAbsent(node, key -> new LinkedHashSet<>()).add(prefix);
        }
    }

    private static final SchemaNode.Leaf RETIRED = new SchemaNode.Leaf(null, "", null, true);

    private final SchemaNode root;
    // by the prefix of each module's keys, under current names
    private final Versions versions = new Versions(new LinkedHashMap<>());
    // the stored key of each key that the file has
    private final Map<String, String> present = new HashMap<>();
    private final Set<String> fitting = new HashSet<>();
    private final Set<String> presentPrefixes = new HashSet<>();
    // every module that a key leads through: of the elements of containers only these are known
    private final Map<SchemaNode, Set<String>> visited = new IdentityHashMap<>();
    private final Map<String, DeclaredShapes.Symbols> symbols = new HashMap<>();
    private final DeclaredTies ties = new DeclaredTies();
    // what only code can bring to the current version, with the words for it
    private final Map<String, String> migrations = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();
    private final List<String> shapes = new ArrayList<>();
    private final List<String> clashes = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final Map<String, String> renamed = new LinkedHashMap<>();
    private final List<String> retired = new ArrayList<>();

    public SchemaCheck(SchemaNode root, Map<String, Integer> versions) {
        this.root = root;
        versions.forEach((path, version) -> enterVersion(path, version));
    }

    /** Follows the path of a module to its class, and holds the stored version against that of the class. */
    private void enterVersion(String path, int version) {
        String given = ModulePath.prefix(path);
        Module module = new ModuleWalk().follow(root, "", given);
        String prefix = module == null ? KeyWalk.withCurrentModules(root, given) : module.prefix();
        versions.byPrefix().put(prefix, version);
        if (module != null && !module.node().isUnknown()) {
            int expected = module.node().history().version();
            if (version > expected) {
                clashes.add(new Problem.NewerVersion(prefix, version, expected).message());
            }
        }
    }

    public SchemaReport check(List<Stored> stored) {
        for (Stored entry : stored) {
            Found found = new EntryWalk().follow(root, "", entry.key());
            if (found == null) {
                if (!entry.isPossibleTie()) {
                    unexpected.add(entry.key());
                }
            } else if (found.leaf() == RETIRED) {
                retired.add(entry.key());
            } else {
                take(entry, found);
            }
        }
        collectMissing(root, "", true);
        missing.removeAll(ties.filledBy(fitting));
        return new SchemaReport(
                missing, unexpected, shapes, clashes, types, List.copyOf(migrations.values()), renamed, retired);
    }

    private void take(Stored entry, Found found) {
        String key = found.key();
        String other = present.put(key, entry.key());
        if (other != null) {
            clashes.add(new Problem.OneName(key, other, entry.key()).message());
        }
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
            presentPrefixes.add(key.substring(0, dot + 1));
        }
        if (!key.equals(entry.key())) {
            renamed.put(entry.key(), key);
        }
        if (found.leaf() == null) {
            return;
        }
        if (fits(entry, found, found.leaf())) {
            fitting.add(key);
        } else {
            fitting.remove(key);
        }
        checkType(entry, found.leaf());
    }

    private boolean fits(Stored entry, Found found, SchemaNode.Leaf leaf) {
        List<Integer> given = entry.shape();
        List<String> declared = leaf.shape();
        if (given == null || declared == null) {
            return true;
        }
        // PyTorch's rule: a 0-d place accepts one element
        boolean legacyScalar = declared.isEmpty() && given.equals(List.of(1));
        DeclaredShapes.Symbols module = symbols.computeIfAbsent(found.prefix(), prefix -> new DeclaredShapes.Symbols());
        if (legacyScalar || module.bind(declared, given, found.key()) == null) {
            return true;
        }
        Map<String, Integer> bound = module.of(declared);
        shapes.add("size mismatch for " + found.key() + ": the stored shape is " + given + ", the declared shape is "
                + declared + (bound.isEmpty() ? "" : " with " + bound) + ".");
        return false;
    }

    private void checkType(Stored entry, SchemaNode.Leaf leaf) {
        if (leaf.role() != null && !alwaysFits(entry.storedType(), leaf.element())) {
            types.add("\"" + entry.key() + "\" is stored as " + entry.storedType() + " and declared as " + leaf.type()
                    + (leaf.type().equals("Tensor") && leaf.element() != null ? " of " + leaf.element() : "")
                    + ": it loads if every value fits.");
        }
    }

    /** Whether an element type holds all values of a stored type; one that is not known all but integers. */
    private static boolean alwaysFits(StoredType stored, @Nullable ElementType element) {
        int bits = integerBits(stored);
        if (element == null) {
            return bits == 0;
        }
        return switch (element) {
            case BOOL -> stored == StoredType.BOOL;
            case I32 -> bits > 0 && bits <= 31;
            case I64 -> bits > 0 && bits <= 63;
            case F32 -> bits <= 24 && stored != StoredType.F64;
            case F64 -> bits <= 53;
        };
    }

    /** How many bits beside the sign an integer type has; 0 for a floating-point type. */
    private static int integerBits(StoredType type) {
        return switch (type) {
            case BOOL -> 1;
            case I8 -> 7;
            case U8 -> 8;
            case I16 -> 15;
            case U16 -> 16;
            case I32 -> 31;
            case U32 -> 32;
            case I64 -> 63;
            case U64 -> 64;
            default -> 0;
        };
    }

    /** What a strict load would miss: below elements of containers, only what a key has shown to exist. */
    private void collectMissing(SchemaNode node, String prefix, boolean required) {
        if (isToBeMigrated(node, prefix)) {
            return;
        }
        node.ties().forEach((key, other) -> ties.add(prefix + key, prefix + other));
        boolean expected = required || presentPrefixes.contains(prefix);
        for (SchemaNode.Group group : SchemaNode.Group.values()) {
            node.leaves().forEach((name, leaf) -> {
                boolean absent = expected && !leaf.optional() && !present.containsKey(prefix + name);
                if (group.holds(leaf) && absent && !isAddition(node, prefix, name)) {
                    missing.add(prefix + name);
                }
            });
        }
        node.children().forEach((name, child) -> {
            if (name.equals(SchemaNode.ANY)) {
                visited.getOrDefault(child, Set.of()).stream()
                        .filter(path -> path.startsWith(prefix))
                        .forEach(path -> collectMissing(child, path, true));
            } else if (!isAddition(node, prefix, name)) {
                collectMissing(child, prefix + name + '.', expected && !child.isOptional());
            }
        });
    }

    private boolean isAddition(SchemaNode node, String prefix, String name) {
        return node.history().isYoungerThan(name, version(node, prefix));
    }

    private int version(SchemaNode node, String prefix) {
        return versions.of(prefix, node.history().version());
    }

    /** Whether a migration changes what lies below a prefix, nobody knows how. */
    private boolean isToBeMigrated(SchemaNode node, String prefix) {
        int version = version(node, prefix);
        int current = node.history().version();
        if (!node.migrates() || version >= current) {
            return false;
        }
        String module = prefix.isEmpty() ? "the root module" : '"' + prefix.substring(0, prefix.length() - 1) + '"';
        migrations.put(
                prefix,
                "The state of " + module + " has version " + version + ", which its class migrates to version "
                        + current + ": only a load shows whether it fits.");
        return true;
    }
}
