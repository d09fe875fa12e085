package com.example;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.io.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Trains, saves and loads. */
public final class Main {
    private Main() {}

    /** Trains on the line y = 2x + 1. */
    public static void main(String[] arguments) throws IOException {
        Linear model = new Linear();
        float least = Float.POSITIVE_INFINITY;
        StateDict best = model.stateDict(Policy.COPY);
        for (int step = 0; step < 2000; step++) {
            float x = step % 5 - 2;
            float error = model.learn(x, 2 * x + 1);
            if (error < least) {
                least = error;
                best = model.stateDict(Policy.COPY);
            }
        }
        Path file = Files.createTempFile("line", ".safetensors");
        Checkpoints.save(file, best);
        Linear loaded = new Linear();
        loaded.loadStateDict(Checkpoints.load(file));
        Files.delete(file);
        System.out.println(loaded.stateDict());
    }
}
