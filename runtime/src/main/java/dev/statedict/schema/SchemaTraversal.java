package dev.statedict.schema;

import dev.statedict.Role;
import dev.statedict.StateAssigner;
import dev.statedict.StateMigration;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.ModulePath;
import dev.statedict.tree.PrimitiveType;
import dev.statedict.tree.Traversal;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a schema of a module as it stands: with the shapes of its tensors, and without members that are null. */
public final class SchemaTraversal extends Traversal {
    private final SchemaNode root = new SchemaNode();
    private final Map<ModulePath, SchemaNode> nodes = new IdentityHashMap<>();

    private SchemaTraversal() {}

    public static SchemaNode read(Stateful module) {
        SchemaTraversal traversal = new SchemaTraversal();
        traversal.walk(module);
        traversal.declaredTies().forEach(traversal.root.ties()::add);
        return traversal.root;
    }

    private SchemaNode node(ModulePath path) {
        return nodes.computeIfAbsent(path, this::descend);
    }

    private SchemaNode descend(ModulePath path) {
        SchemaNode node = root;
        if (!path.isRoot()) {
            for (String name : path.toString().split("\\.", -1)) {
                node = node.child(name);
            }
        }
        return node;
    }

    @Override
    protected void enterModule(ModulePath at, Stateful module) {
        node(at);
    }

    @Override
    protected void enterContainer(ModulePath at) {
        node(at);
    }

    @Override
    protected void tensor(ModulePath module, String name, Role role, Tensor value) {
        node(module).leaf(name, new SchemaNode.Leaf(role, "Tensor", shape(value), false, value.elementType()));
    }

    @Override
    protected void array(ModulePath module, String name, Role role, Object value) {
        List<String> shape = shape(wrap(module, name, value));
        node(module).leaf(name, new SchemaNode.Leaf(role, value.getClass().getSimpleName(), shape, false));
    }

    private static List<String> shape(Tensor value) {
        return Arrays.stream(value.shape()).mapToObj(Integer::toString).toList();
    }

    @Override
    protected void primitive(ModulePath module, String name, Role role, Object value) {
        String type = PrimitiveType.of(value).name().toLowerCase(Locale.ROOT);
        node(module).leaf(name, new SchemaNode.Leaf(role, type, List.of(), false));
    }

    @Override
    protected void extraState(ModulePath module, Class<?> type, @Nullable Object value) {
        String text = type == String.class ? "String" : "Map<String, String>";
        node(module).leaf(StateAssigner.EXTRA_STATE, new SchemaNode.Leaf(null, text, null, false));
    }

    @Override
    protected void declareVersion(ModulePath module, int version, @Nullable StateMigration migration) {
        node(module).history().version(version, migration);
        if (migration != null) {
            node(module).markMigrating();
        }
    }

    @Override
    protected void declareFormerly(ModulePath module, String name, String oldName) {
        node(module).history().formerly(name, oldName);
    }

    @Override
    protected void declareRetired(ModulePath module, String pattern) {
        node(module).history().retired(pattern);
    }

    @Override
    protected void declareAddedIn(ModulePath module, String name, int version) {
        node(module).history().addedIn(name, version);
    }
}
