package dev.statedict.tree;

import dev.statedict.LoadReport;
import dev.statedict.StateDictLoadException;
import dev.statedict.StateHooks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A place of a module tree whose module takes part in what happens to its state. */
public record HookedModule(ModulePath path, StateHooks hooks) {
    /**
     * Puts what a hook or a migration returned in the place of what it was shown: where that began, or at the end.
     *
     * @param shown whether an entry was shown
     */
    public static <E> List<E> replaced(List<E> entries, Predicate<? super E> shown, List<E> returned) {
        List<E> replaced = new ArrayList<>();
        int at = -1;
        for (E entry : entries) {
            if (!shown.test(entry)) {
                replaced.add(entry);
            } else if (at < 0) {
                at = replaced.size();
            }
        }
        replaced.addAll(at < 0 ? replaced.size() : at, returned);
        return replaced;
    }

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
