package dev.statedict;

/** What assigns in a load: the one subclass that {@link StateAssigner} permits, as a room cannot be permitted. */
abstract non-sealed class MemberAssigner extends StateAssigner {}
