package dev.statedict;

/** A place of a module tree whose module takes part in what happens to its state. */
record HookedModule(ModulePath path, StateHooks hooks) {}
