package dev.statedict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the hooks that follow a load. They lie outside of it: whatever they throw, the load stands. */
final class AfterLoad {
    private AfterLoad() {}

    static void run(Map<ModulePath, @Nullable Stateful> modules, LoadReport report) {
        List<ModulePath> innerFirst = new ArrayList<>(modules.keySet());
        Collections.reverse(innerFirst);
        StateDictLoadException failure = null;
        for (ModulePath path : innerFirst) {
            if (modules.get(path) instanceof StateHooks hooks) {
                try {
                    hooks.afterLoad(path.prefix(), report);
                } catch (RuntimeException thrown) {
                    if (failure == null) {
                        failure = new StateDictLoadException(message(path, thrown), report, thrown);
                    } else {
                        failure.addSuppressed(thrown);
                    }
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static String message(ModulePath path, RuntimeException thrown) {
        return "The load was made and stands, but afterLoad of the module at \"" + path + "\" threw " + thrown + ".";
    }
}
