package dev.statedict.io;

/** Which values of a metric are better. */
public enum Objective {
    /** Less is better, as of a loss. */
    MINIMIZE,
    /** More is better, as of an accuracy. */
    MAXIMIZE
}
