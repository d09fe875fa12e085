package dev.statedict;

/** What an entry of a state dict is to its module. */
public enum Role {
    /** A tensor that training changes. */
    PARAMETER,
    /** A tensor that belongs to the state but that no optimiser steps. */
    BUFFER,
    /**
     * A buffer of primitive type, such as a count of batches. It has no storage: the entry is 0-d and holds the value at
     * the time of the call, under either policy, and it is loaded by assignment.
     */
    COUNTER
}
