package dev.statedict.schema;

import dev.statedict.Role;
import dev.statedict.load.DeclaredShapes;
import dev.statedict.tensor.ElementType;
import dev.statedict.tree.DeclaredTies;
import dev.statedict.tree.KeyWalk;
import dev.statedict.tree.ModuleHistory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a module, or of a container, as its schema knows it: a tree of which the leaves are tensors, counters and
 * extra state. A container of which only the class of its elements is known has one child for all of them.
 */
public final class SchemaNode implements KeyWalk.Place<SchemaNode> {
    /** The name of a child that stands for every element of a container. */
    static final String ANY = "*";

    /**
     * A member that is an entry.
     *
     * @param role what it is; null for extra state
     * @param type its declared type as text, {@code Tensor} where nothing else is known
     * @param shape sizes and symbols, with {@link DeclaredShapes#ANY_SIZE} where a size is not known; null when nothing is known
     * @param optional whether it may be absent
     * @param element the type of its elements; null where the type tells nothing of them
     */
    public record Leaf(
            @Nullable Role role,
            String type,
            @Nullable List<String> shape,
            boolean optional,
            @Nullable ElementType element) {
        /** A member of which its declared type alone is known. */
        Leaf(@Nullable Role role, String type, @Nullable List<String> shape, boolean optional) {
            this(role, type, shape, optional, elementOf(type));
        }

        private static @Nullable ElementType elementOf(String type) {
            return switch (String.valueOf(NumberTypes.element(type))) {
                case "float" -> ElementType.F32;
                case "double" -> ElementType.F64;
                case "int" -> ElementType.I32;
                case "long" -> ElementType.I64;
                case "boolean" -> ElementType.BOOL;
                default -> null;
            };
        }
    }

    private final Map<String, Leaf> leaves = new LinkedHashMap<>();
    private final Map<String, SchemaNode> children = new LinkedHashMap<>();
    private final DeclaredTies ties = new DeclaredTies();
    private final ModuleHistory history = new ModuleHistory();
    private boolean optional;
    private boolean unknown;
    private boolean migrates;

    void leaf(String name, Leaf leaf) {
        leaves.put(name, leaf);
    }

    SchemaNode child(String name) {
        return children.computeIfAbsent(name, key -> new SchemaNode());
    }

    void child(String name, SchemaNode node) {
        children.put(name, node);
    }

    /** Marks a submodule that may be absent, as a whole. */
    void markOptional() {
        optional = true;
    }

    /** Marks a submodule of which nothing is known but that it is one. */
    void markUnknown() {
        unknown = true;
    }

    /** Marks a module whose class brings older state to its version by code, which nobody can judge who does not run it. */
    void markMigrating() {
        migrates = true;
    }

    public Map<String, Leaf> leaves() {
        return leaves;
    }

    public Map<String, SchemaNode> children() {
        return children;
    }

    /** Of a container the class of its elements, and itself: of one of containers the elements are further down. */
    @Override
    public List<SchemaNode> below(String name) {
        SchemaNode child = children.get(name);
        if (child != null) {
            return List.of(child);
        }
        SchemaNode element = children.get(ANY);
        return element == null ? List.of() : List.of(element, this);
    }

    @Override
    public ModuleHistory history() {
        return history;
    }

    public boolean isOptional() {
        return optional;
    }

    public boolean isUnknown() {
        return unknown;
    }

    boolean migrates() {
        return migrates;
    }

    /** Ties of what lies below, by keys within this node. */
    DeclaredTies ties() {
        return ties;
    }

    /** The groups in which a module's own entries come, in order. */
    public enum Group {
        PARAMETERS,
        BUFFERS,
        EXTRA_STATE;

        public boolean holds(Leaf leaf) {
            return this == (leaf.role() == null ? EXTRA_STATE : leaf.role() == Role.PARAMETER ? PARAMETERS : BUFFERS);
        }
    }
}
