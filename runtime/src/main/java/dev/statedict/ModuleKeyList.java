package dev.statedict;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The keys of places in a module, joined when asked for. It holds on to names alone, neither to modules nor to tensors.
 * Immutable.
 */
final class ModuleKeyList extends AbstractList<String> implements RandomAccess, Serializable {
    private static final long serialVersionUID = 1;

    private final transient ModulePath[] modules;
    private final transient String[] names;

    ModuleKeyList(List<LoadTarget> targets) {
        modules = new ModulePath[targets.size()];
        names = new String[targets.size()];
        for (int i = 0; i < names.length; i++) {
            LoadTarget target = targets.get(i);
            modules[i] = target.module();
            names[i] = target.name();
        }
    }

    ModuleKeyList(StateEntry[] entries) {
        modules = new ModulePath[entries.length];
        names = new String[entries.length];
        for (int i = 0; i < names.length; i++) {
            modules[i] = entries[i].module();
            names[i] = entries[i].name();
        }
    }

    @Override
    public String get(int index) {
        return modules[index].key(names[index]);
    }

    @Override
    public int size() {
        return names.length;
    }

    private Object writeReplace() {
        return new ArrayList<>(this);
    }
}
