package dev.statedict.benchmark;

import dev.statedict.benchmark.model.ManyTensors;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is loaded into. */
@State(Scope.Benchmark)
public class LoadedModule {
    private ManyTensors module = new ManyTensors(1);

    /** Makes the module. */
    @Setup
    public void create(FilePlace place) {
        module = place.module();
    }

    /** Clears the memory of what was loaded before. */
    @Setup(Level.Invocation)
    public void collectGarbage() {
        System.gc();
    }

    ManyTensors module() {
        return module;
    }
}
