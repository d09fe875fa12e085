package dev.statedict;

import dev.statedict.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a state dict of a module. */
final class StateDictCapture extends Traversal {
    private StateEntry[] entries = new StateEntry[16];
    private int count;
    private Map<String, @Nullable Object> extraState = Map.of();

    private StateDictCapture() {}

    static StateDict capture(Stateful module, Policy policy) {
        StateDictCapture capture = new StateDictCapture();
        capture.walk(module);
        StateEntry[] own = Arrays.copyOf(capture.entries, capture.count);
        Map<String, @Nullable Object> extraState =
                capture.extraState.isEmpty() ? Map.of() : Collections.unmodifiableMap(capture.extraState);
        return new StateDict(policy == Policy.COPY ? StorageCopy.of(own) : own, policy, extraState);
    }

    static StateDict namedParameters(Stateful module) {
        StateDictCapture capture = new StateDictCapture();
        capture.walk(module);
        TieGroups<Boolean> seen = new TieGroups<>();
        StateEntry[] parameters = Arrays.stream(capture.entries, 0, capture.count)
                .filter(entry -> entry.role() == Role.PARAMETER && seen.put(entry.getValue(), true) == null)
                .toArray(StateEntry[]::new);
        return new StateDict(parameters, Policy.ALIAS, Map.of());
    }

    @Override
    void tensor(ModulePath module, String name, Role role, Tensor value) {
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, count * 2);
        }
        entries[count++] = new StateEntry(module, name, value, role, StoredType.F32);
    }

    @Override
    void array(ModulePath module, String name, Role role, float[] value) {
        tensor(module, name, role, Tensor.wrap(value, value.length));
    }

    @Override
    void element(ModulePath path, String name, Role role, Tensor value, Object container) {
        tensor(path, name, role, value);
    }

    @Override
    void counter(ModulePath module, String name, Object value) {
        CounterType type = CounterType.of(value);
        Tensor tensor = Tensor.scalar(type.toFloat(module.key(name), value));
        tensor(module, name, Role.COUNTER, tensor);
        entries[count - 1] = new StateEntry(module, name, tensor, Role.COUNTER, type.storedType());
    }

    @Override
    void extraState(ModulePath module, Class<?> type, @Nullable Object value) {
        if (extraState.isEmpty()) {
            extraState = new LinkedHashMap<>();
        }
        extraState.put(module.toString(), ExtraStateValue.copyOf(value));
    }
}
