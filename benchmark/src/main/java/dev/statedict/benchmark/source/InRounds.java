package dev.statedict.benchmark.source;

import dev.statedict.benchmark.result.Measurements;
import java.util.Set;

/** One way to measure that can do it a little at a time, and others between. */
public interface InRounds {
    /**
     * Measures in this round what of the given names is its own and was not measured often enough.
     *
     * @param names what is asked for, in the order in which to measure
     * @param round from 0 on
     * @throws IllegalStateException if another program fails that should measure
     */
    void measure(Set<String> names, int round);

    /**
     * Tells the medians over all rounds.
     *
     * @param measurements where they go
     */
    void tell(Measurements measurements);
}
