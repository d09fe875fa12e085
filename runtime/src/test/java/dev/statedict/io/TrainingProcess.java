package dev.statedict.io;

import dev.statedict.StateAssigner;
import dev.statedict.StateDict;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains something to an end, saving every step asynchronously, and goes on from the latest checkpoint when it is started again. Says
 * which steps are on disk, and in the end what all state is.
 */
final class TrainingProcess {
    static final String METRIC = "loss";
    private static final int SIZE = 100_000;

    /** Weights that are pushed about by chance, and what chance goes on from. */
    static final class Run implements Stateful {
        final Tensor weight = Tensor.zeros(SIZE);
        final Tensor velocity = Tensor.zeros(SIZE);
        long step;
        long chance = 1;

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.parameter("weight", weight);
            visitor.buffer("velocity", velocity);
            visitor.counter("step", step);
            visitor.extraState(Long.toString(chance));
        }

        @Override
        public void assignState(StateAssigner assigner) {
            step = assigner.field("step", step);
            chance = Long.parseLong(assigner.field(StateAssigner.EXTRA_STATE, Long.toString(chance)));
        }

        void train() {
            SplittableRandom random = new SplittableRandom(chance);
            float[] w = weight.storage();
            float[] v = velocity.storage();
            for (int i = 0; i < SIZE; i++) {
                v[i] = 0.9f * v[i] + (float) random.nextDouble(-1, 1);
                w[i] += 0.1f * v[i];
            }
            chance = random.nextLong();
            step++;
        }
    }

    private TrainingProcess() {}

    /** As good as a measured loss: any of the steps may be the best so far. */
    static double loss(long step) {
        return new SplittableRandom(step).nextDouble();
    }

    static Map<String, Stateful> parts(Run run) {
        Map<String, Stateful> parts = new LinkedHashMap<>();
        parts.put("run", run);
        return parts;
    }

    static CheckpointManagerOptions options() {
        return CheckpointManagerOptions.defaults().withKeepLast(2).withKeepBest(1, METRIC, Objective.MINIMIZE);
    }

    public static void main(String[] arguments) throws IOException {
        CheckpointListener listener = new CheckpointListener() {
            @Override
            public void saved(SavedCheckpoint checkpoint) {
                System.out.println(checkpoint.step());
            }
        };
        int steps = Integer.parseInt(arguments[1]);
        Run run = new Run();
        try (CheckpointManager manager = CheckpointManager.open(
                Path.of(arguments[0]), options().withListener(listener).withAsynchronousSaves(WhenBusy.WAIT))) {
            manager.restore(parts(run));
            System.out.println("begins");
            while (run.step < steps) {
                run.train();
                manager.save(run.step, parts(run), Map.of(METRIC, loss(run.step)));
            }
        }
        System.out.println(digest(run));
    }

    static String digest(Run run) {
        StateDict all = run.stateDict();
        return all.digest();
    }

    /** That of this process, which lacks the library where the tests run as a part of its module. */
    static String classPath() {
        String separator = System.getProperty("path.separator");
        Path target = Path.of("target").toAbsolutePath();
        return System.getProperty("java.class.path")
                + separator
                + target.resolve("classes")
                + separator
                + target.resolve("test-classes");
    }

    /** A process that runs this. */
    static ProcessBuilder of(List<String> shell, Path directory, int steps) {
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                TrainingProcess.class.getName(),
                directory.toString(),
                Integer.toString(steps)));
        return new ProcessBuilder(command);
    }
}
