package dev.statedict.tree;

import dev.statedict.LoadReport;
import dev.statedict.StateDictLoadException;
import dev.statedict.StateHooks;
import java.util.List;

/** A place of a module tree whose module takes part in what happens to its state. */
public record HookedModule(ModulePath path, StateHooks hooks) {
    /**
     * Runs the hooks that follow a load. They lie outside of it: whatever they throw, the load stands, and the others run.
     *
     * @throws StateDictLoadException when one threw, caused by the first, with the others suppressed
     */
    public static void runAfterLoad(List<HookedModule> innerFirst, LoadReport report) {
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
