package dev.statedict.benchmark.source;

import dev.statedict.benchmark.result.Measurements;
import java.util.Set;

/** One way to measure. */
public interface Source {
    /**
     * Measures what of the given names is its own, and leaves out what cannot be measured here.
     *
     * @param names what is asked for, in the order in which to measure
     * @param measurements where it goes
     * @throws IllegalStateException if another program fails that should measure
     */
    void measure(Set<String> names, Measurements measurements);
}
