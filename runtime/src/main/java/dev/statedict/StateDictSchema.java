package dev.statedict;

import dev.statedict.schema.SchemaCheck;
import dev.statedict.schema.SchemaNode;
import dev.statedict.schema.SchemaResources;
import dev.statedict.schema.SchemaTraversal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a state dict must have to be loaded: keys, roles, types and shapes, known without values. Of a class it is read
 * from the resources that the processor writes, {@code META-INF/statedict/<binary name>.json}; of a module, from the
 * module. Nothing is reflected upon.
 *
 * {@snippet class="com.example.Loading" region="schema"}
 */
public final class StateDictSchema {
    /**
     * An entry that a state dict may have.
     *
     * @param key its key; in the schema of a class, {@code *} stands for the name of each element of a container, and
     *     {@code **} for all that lies below a submodule whose class is not known
     * @param role what it is; null for extra state, and below a submodule whose class is not known
     * @param type its declared type, for example {@code Tensor} or {@code long}
     * @param shape its sizes, each a number or, in the schema of a class, a symbol or {@code ?}; null when nothing is known
     * @param optional whether it may be absent
     */
    public record Entry(
            String key,
            @Nullable Role role,
            String type,
            @Nullable List<String> shape,
            boolean optional) {}

    static {
        SchemaCheck.openTo(schema -> schema.root);
    }

    private final String name;
    private final SchemaNode root;

    private StateDictSchema(String name, SchemaNode root) {
        this.name = name;
        this.root = root;
    }

    /**
     * The schema of a module class, resolved through its superclasses and through submodules whose class is known.
     *
     * @param moduleClass a {@link StateModule} class
     * @return its schema
     * @throws IllegalArgumentException when its schema, or that of a class it refers to, is not on the class path
     */
    public static StateDictSchema of(Class<?> moduleClass) {
        return new StateDictSchema(moduleClass.getSimpleName(), SchemaResources.read(moduleClass));
    }

    /**
     * The schema of a module class that need not be loaded, nor be there: its resources are enough.
     *
     * @param binaryName the class's binary name, {@code com.example.Detector$Head} for a nested class
     * @param resources finds {@code META-INF/statedict/<binary name>.json} of the class and of those that it refers to
     * @return its schema
     * @throws IllegalArgumentException when a schema is not there, or is none
     */
    public static StateDictSchema of(String binaryName, ClassLoader resources) {
        String simpleName =
                binaryName.substring(Math.max(binaryName.lastIndexOf('.'), binaryName.lastIndexOf('$')) + 1);
        return new StateDictSchema(simpleName, SchemaResources.read(binaryName, resources));
    }

    /**
     * The schema of a module as it stands: its keys and shapes now.
     *
     * @param module the module; not kept
     * @return its schema
     * @throws IllegalStateException as {@link Stateful#stateDict()} does
     */
    public static StateDictSchema of(Stateful module) {
        return new StateDictSchema(module.getClass().getSimpleName(), SchemaTraversal.read(module));
    }

    /**
     * The entries in the order of a state dict.
     *
     * @return a new list
     */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        collect(root, "", false, entries);
        return entries;
    }

    private static void collect(SchemaNode node, String prefix, boolean optional, List<Entry> entries) {
        if (node.isUnknown()) {
            entries.add(new Entry(prefix + "**", null, "Stateful", null, true));
        }
        for (SchemaNode.Group group : SchemaNode.Group.values()) {
            node.leaves().forEach((leafName, leaf) -> {
                if (group.holds(leaf)) {
                    entries.add(new Entry(
                            prefix + leafName, leaf.role(), leaf.type(), leaf.shape(), optional || leaf.optional()));
                }
            });
        }
        node.children()
                .forEach((childName, child) ->
                        collect(child, prefix + childName + '.', optional || child.isOptional(), entries));
    }

    /**
     * Checks whether a strict load of a dict can succeed, as far as that shows without values: keys, former and retired
     * names, and shapes with their symbols.
     *
     * @param state the dict
     * @return what speaks against it
     */
    public SchemaReport check(StateDict state) {
        List<SchemaCheck.Stored> stored = new ArrayList<>();
        state.extraState().keySet().forEach(path -> stored.add(SchemaCheck.Stored.extraState(path)));
        for (StateEntry entry : state.entries()) {
            List<Integer> shape =
                    Arrays.stream(entry.getValue().shape()).boxed().toList();
            stored.add(new SchemaCheck.Stored(
                    entry.getKey(),
                    shape,
                    entry.storedType(),
                    state.metadata().possibleTies().contains(entry.getKey())));
        }
        return SchemaCheck.check(this, stored, state.versions());
    }

    /**
     * The schema as text, an entry a line.
     *
     * @return for example {@code Linear} and then {@code   weight: parameter Tensor [out, in]}
     */
    @Override
    public String toString() {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(name);
        for (Entry entry : entries()) {
            String role = entry.role() == null ? "" : entry.role().name().toLowerCase(Locale.ROOT) + " ";
            String shape = entry.shape() == null ? "" : " " + entry.shape();
            lines.add(
                    "  " + entry.key() + ": " + role + entry.type() + shape + (entry.optional() ? " (optional)" : ""));
        }
        return lines.toString();
    }
}
