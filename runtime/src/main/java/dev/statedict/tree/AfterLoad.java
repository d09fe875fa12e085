package dev.statedict.tree;

import dev.statedict.LoadReport;
import dev.statedict.StateDictLoadException;
import java.util.List;

/** Runs the hooks that follow a load. They lie outside of it: whatever they throw, the load stands. */
public final class AfterLoad {
    private AfterLoad() {}

    /**
     * Runs all of them.
     *
     * @throws StateDictLoadException when one threw, caused by the first, with the others suppressed
     */
    public static void run(List<HookedModule> innerFirst, LoadReport report) {
        StateDictLoadException failure = null;
        for (HookedModule module : innerFirst) {
            try {
                module.hooks().afterLoad(module.path().prefix(), report);
            } catch (Throwable thrown) {
                if (failure == null) {
                    failure = new StateDictLoadException(message(module.path(), thrown), report, thrown);
                } else {
                    failure.addSuppressed(thrown);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static String message(ModulePath path, Throwable thrown) {
        return "The load was made and stands, but afterLoad of the module at \"" + path + "\" threw " + thrown + ".";
    }
}
