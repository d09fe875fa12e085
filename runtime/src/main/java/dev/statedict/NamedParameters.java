package dev.statedict;

import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.ModulePath;
import dev.statedict.tree.Traversal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the parameters of a module tree, each tie once (PyTorch's {@code Module.named_parameters}). */
final class NamedParameters extends Traversal {
    private final List<StateEntry> parameters = new ArrayList<>();
    private final TieGroups<Boolean> seen = new TieGroups<>(0);

    private NamedParameters() {}

    static StateDict of(Stateful module) {
        NamedParameters collector = new NamedParameters();
        collector.walk(module);
        return new StateDict(collector.parameters.toArray(StateEntry[]::new), Policy.ALIAS, StateMetadata.NONE);
    }

    @Override
    protected void tensor(ModulePath module, String name, Role role, Tensor value) {
        if (role == Role.PARAMETER && seen.put(value, true) == null) {
            parameters.add(new StateEntry(module, name, value, role, StoredType.F32));
        }
    }

    @Override
    protected void counter(ModulePath module, String name, Object value) {}

    @Override
    protected void extraState(ModulePath module, Class<?> type, @Nullable Object value) {}
}
