package dev.statedict.inspect;

import dev.statedict.Role;
import dev.statedict.StateAssigner;
import dev.statedict.Stateful;
import dev.statedict.inspect.ModuleSummary.Line;
import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.ModulePath;
import dev.statedict.tree.PrimitiveType;
import dev.statedict.tree.Traversal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks a module for its summary. */
final class SummaryTraversal extends Traversal {
    private final List<Line> lines = new ArrayList<>();
    private final TieGroups<String> firstPaths = new TieGroups<>(16);

    private SummaryTraversal() {}

    static List<Line> read(Stateful module) {
        SummaryTraversal traversal = new SummaryTraversal();
        traversal.walk(module);
        return traversal.lines.stream().map(traversal::withSums).toList();
    }

    /** A module's line with what is below it. */
    private Line withSums(Line line) {
        if (line.shape().isPresent()) {
            return line;
        }
        String prefix = ModulePath.prefix(line.path());
        long parameters = 0;
        long bytes = 0;
        for (Line other : lines) {
            if (other.path().startsWith(prefix)) {
                parameters += other.parameters();
                bytes += other.bytes();
            }
        }
        return new Line(
                line.path(), line.className(), Optional.empty(), Optional.empty(), parameters, bytes, Optional.empty());
    }

    @Override
    protected void enterModule(ModulePath at, Stateful module) {
        String name = module.getClass().getSimpleName();
        String className = name.isEmpty() ? module.getClass().getName() : name;
        lines.add(new Line(at.toString(), className, Optional.empty(), Optional.empty(), 0, 0, Optional.empty()));
    }

    @Override
    protected void tensor(ModulePath module, String name, Role role, Tensor value) {
        String path = module.key(name);
        String first = firstPaths.get(value);
        if (first == null) {
            firstPaths.put(value, path);
        }
        lines.add(ModuleSummary.member(path, role, value.shape(), value.elementType(), Optional.ofNullable(first)));
    }

    @Override
    protected void primitive(ModulePath module, String name, Role role, Object value) {
        ElementType type = PrimitiveType.of(value).elementType();
        lines.add(ModuleSummary.member(module.key(name), role, new int[0], type, Optional.empty()));
    }

    @Override
    protected void extraState(ModulePath module, Class<?> type, @Nullable Object value) {
        String path = module.key(StateAssigner.EXTRA_STATE);
        lines.add(new Line(path, "extra state", Optional.empty(), Optional.empty(), 0, 0, Optional.empty()));
    }
}
