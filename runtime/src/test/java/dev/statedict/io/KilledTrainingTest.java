package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A training that saves asynchronously is killed at random moments: 20 times, or {@code -Dstatedict.kills=200} times. */
class KilledTrainingTest {
    private static final int KILLS = Integer.getInteger("statedict.kills", 20);
    private static final long SEED = Long.getLong("statedict.seed", 19);

    @TempDir
    Path directory;

    @Test
    void aTrainingThatIsKilledAgainAndAgainEndsAsTheOneThatNobodyKilled() throws IOException, InterruptedException {
        Random random = new Random(SEED);
        long kept = 0;
        int cutShort = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            // no end that it could reach meanwhile
            Process process = start(List.of(), Integer.MAX_VALUE);
            BufferedReader output = output(process);
            assertThat(output.readLine()).isEqualTo("begins");
            long told = 0;
            for (int saves = random.nextInt(4); saves > 0; saves--) {
                told = Long.parseLong(output.readLine());
            }
            Thread.sleep(random.nextInt(50));
            // through the handle, which leaves the pipe open
            process.toHandle().destroyForcibly();
            process.waitFor();
            told = Math.max(told, lastNumber(output));

            long found = requireWhole();
            assertThat(found).as("seed %d, kill %d", SEED, kill).isGreaterThanOrEqualTo(Math.max(told, kept));
            cutShort += temporaries();
            kept = found;
        }
        int steps = (int) kept + 5;
        String resumed = lastLine(start(List.of(), steps));
        Path unbroken = directory.resolve("unbroken");
        String expected = lastLine(TrainingProcess.of(List.of(), unbroken, steps)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());

        assertThat(resumed).isEqualTo(expected).hasSize(64);
        assertThat(temporaries()).isZero();
        assertThat(steps).as("steps that were saved between the kills").isGreaterThan(KILLS / 2);
        System.out.printf(
                "%d kills (seed %d) in a training of %d steps; %d of them cut a file short; it ends as the unbroken one%n",
                KILLS, SEED, steps, cutShort);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatFillsUpEndsTheTrainingAndLeavesTheCheckpointsThatWereThere()
            throws IOException, InterruptedException {
        assertThat(lastLine(start(List.of(), 3))).hasSize(64);
        Path errors = directory.resolve("errors.txt");

        Process process = TrainingProcess.of(
                        List.of("/bin/bash", "-c", "ulimit -f 400; exec \"$@\"", "bash"), checkpoints(), 6)
                .redirectError(errors.toFile())
                .start();

        assertThat(lastLine(process)).isEqualTo("begins");
        assertThat(process.waitFor()).isNotZero();
        assertThat(Files.readString(errors)).contains("step 4 could not be saved: java.io.IOException: File too large");
        assertThat(requireWhole()).isEqualTo(3);
    }

    private Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    private Process start(List<String> shell, int steps) throws IOException {
        return TrainingProcess.of(shell, checkpoints(), steps)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The latest restores, its digests hold, and the best of all steps so far is there and whole. */
    private long requireWhole() throws IOException {
        try (CheckpointManager manager = CheckpointManager.open(checkpoints(), TrainingProcess.options())) {
            TrainingProcess.Run run = new TrainingProcess.Run();
            if (manager.restore(TrainingProcess.parts(run)).isEmpty()) {
                return 0;
            }
            long latest = run.step;
            assertThat(manager.latest().orElseThrow().step()).isEqualTo(latest);
            long best = LongStream.rangeClosed(1, latest)
                    .boxed()
                    .min(Comparator.comparingDouble(TrainingProcess::loss))
                    .orElseThrow();
            assertThat(manager.best().orElseThrow().step()).isEqualTo(best);
            manager.restore(manager.best().orElseThrow(), TrainingProcess.parts(run));
            assertThat(run.step).isEqualTo(best);
            return latest;
        }
    }

    private int temporaries() throws IOException {
        try (Stream<Path> files = Files.list(checkpoints())) {
            return (int) files.filter(file -> file.toString().endsWith(".tmp")).count();
        }
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static long lastNumber(BufferedReader output) throws IOException {
        long last = 0;
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            last = Long.parseLong(line);
        }
        return last;
    }

    private static String lastLine(Process process) throws IOException {
        String last = "";
        BufferedReader output = output(process);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            last = line;
        }
        return last;
    }
}
