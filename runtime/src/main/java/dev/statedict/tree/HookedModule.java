package dev.statedict.tree;

import dev.statedict.StateHooks;

/** A place of a module tree whose module takes part in what happens to its state. */
public record HookedModule(ModulePath path, StateHooks hooks) {}
