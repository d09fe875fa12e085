package dev.statedict.benchmark.source;

import dev.statedict.benchmark.result.Measurements;
import java.util.List;
import java.util.Set;

/**
 * What is compared takes turns, in fresh processes: so no one process's compiled code decides, and a slow minute of the
 * machine hits all alike. It has such minutes: on a virtual machine whose neighbours come and go, the same copy of 256 MB
 * took 12 ms for most of half an hour, and 7 for the rest.
 *
 * @param sources what takes turns
 */
public record Turns(List<InRounds> sources) implements Source {
    /** How many rounds there are for what depends on the speed of the memory most. */
    static final int ROUNDS = 11;

    @Override
    public void measure(Set<String> names, Measurements measurements) {
        for (int round = 0; round < ROUNDS; round++) {
            for (InRounds source : sources) {
                measure(source, names, round);
            }
        }
        sources.forEach(source -> source.tell(measurements));
    }

    private static void measure(InRounds source, Set<String> names, int round) {
        try {
            source.measure(names, round);
        } catch (IllegalStateException e) {
            System.err.println("not measured: " + e.getMessage());
        }
    }
}
