package dev.statedict.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Saves 32 MB forty times in a process that collects no garbage, so that what each save leaves behind adds up. */
final class SavesWithoutCollector {
    private SavesWithoutCollector() {}

    public static void main(String[] arguments) throws IOException {
        Learner large = new Learner(4_000_000);
        try (CheckpointManager manager = CheckpointManager.open(
                Path.of(arguments[0]),
                CheckpointManagerOptions.defaults()
                        .withKeepLast(1)
                        .withWriteOptions(WriteOptions.defaults())
                        .withAsynchronousSaves(WhenBusy.WAIT))) {
            for (int i = 0; i < 40; i++) {
                large.step();
                manager.save(large.progress.step, large.parts(), Map.of());
            }
            manager.await();
            Runtime memory = Runtime.getRuntime();
            System.out.println(memory.totalMemory() - memory.freeMemory());
        }
    }

    /** A process that runs this. */
    static ProcessBuilder of(Path directory) {
        return new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+UseEpsilonGC",
                "-Xmx512m",
                "-Xlog:disable",
                "-cp",
                TrainingProcess.classPath(),
                SavesWithoutCollector.class.getName(),
                directory.toString()));
    }
}
