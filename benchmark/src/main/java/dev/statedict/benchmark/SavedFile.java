package dev.statedict.benchmark;

import dev.statedict.io.Checkpoints;
import java.io.IOException;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A file that is there. */
@State(Scope.Benchmark)
public class SavedFile {
    /** Saves it. */
    @Setup
    public void save(FilePlace place) throws IOException {
        Checkpoints.save(place.file(), place.module().stateDict());
    }
}
