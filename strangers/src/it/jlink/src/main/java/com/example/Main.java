package com.example;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.io.CheckpointSource;
import dev.statedict.io.Checkpoints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Trains, saves and loads, by each door but HTTP. */
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
        System.out.println(loaded.stateDict());
        System.out.println("by each door: " + entersByEachDoor(best, file));
        Files.delete(file);
    }

    /** Whether a dict is the same whichever way it goes, in an image without an HTTP client. */
    private static boolean entersByEachDoor(StateDict dict, Path file) throws IOException {
        byte[] bytes = Checkpoints.toBytes(dict);
        CheckpointSource source = new CheckpointSource() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public int read(ByteBuffer target, long position) {
                int count = Math.min(target.remaining(), bytes.length - (int) position);
                target.put(bytes, (int) position, count);
                return count;
            }
        };
        return dict.contentEquals(Checkpoints.load(new ByteArrayInputStream(bytes)))
                && dict.contentEquals(Checkpoints.load(bytes))
                && dict.contentEquals(Checkpoints.load(file.toUri().toURL()))
                && dict.contentEquals(Checkpoints.load(source));
    }
}
