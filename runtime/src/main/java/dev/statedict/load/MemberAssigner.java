package dev.statedict.load;

import dev.statedict.StateAssigner;

/** What assigns in a load: the one subclass that {@link StateAssigner} permits, as a room cannot be permitted. */
public abstract non-sealed class MemberAssigner extends StateAssigner {}
