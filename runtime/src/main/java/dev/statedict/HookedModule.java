package dev.statedict;

import java.util.ArrayList;
import java.util.List;

/** A place of a module tree whose module takes part in what happens to its state. */
record HookedModule(ModulePath path, StateHooks hooks) {
    /** The list with the module, if it has hooks; few modules have, so the list is made for the first. */
    static List<HookedModule> added(List<HookedModule> hooked, ModulePath path, Stateful module) {
        if (!(module instanceof StateHooks hooks)) {
            return hooked;
        }
        List<HookedModule> more = hooked.isEmpty() ? new ArrayList<>() : hooked;
        more.add(new HookedModule(path, hooks));
        return more;
    }
}
