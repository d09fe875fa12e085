package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.io.Checkpoint;
import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that goes on where it was stopped. */
class ResumeTest {
    private static final int KILLS = Integer.getInteger("statedict.kills", 20) / 4;
    private static final long SEED = 19;

    @TempDir
    Path directory;

    @Test
    void inAnEmptyDirectoryItBeginsAndFinishedItRepeatsTheReport() throws IOException {
        CommandLineRun plain = train(directory.resolve("plain"), "--epochs", "7");
        CommandLineRun begun = train(directory.resolve("kept"), "--epochs", "7", "--resume");
        byte[] model = model("kept");
        Files.delete(directory.resolve("kept").resolve(TrainCommand.MODEL_FILE));
        CommandLineRun again = train(directory.resolve("kept"), "--epochs", "7", "--resume");

        assertThat(begun.exitCode()).isZero();
        assertThat(report(begun)).isEqualTo(report(plain)).isEqualTo(report(again));
        assertThat(again.out().lines().filter(line -> line.startsWith("epoch ")))
                .isEmpty();
        assertThat(again.out().lines().reduce((before, last) -> last))
                .isEqualTo(plain.out().lines().reduce((before, last) -> last));
        assertThat(model).isEqualTo(model("plain")).isEqualTo(model("kept"));
        assertThat(directory.resolve("plain").resolve(TrainCommand.CHECKPOINTS)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--momentum 0.9 --learning-rate 0.05", "--optimizer adam --schedule cosine"})
    void killedAgainAndAgainItEndsAsTheOneThatNobodyKilled(String method) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("--epochs", "12"));
        Stream.of(method.split(" ")).filter(option -> !option.isEmpty()).forEach(options::add);
        CommandLineRun unbroken = train(directory.resolve("unbroken"), options.toArray(String[]::new));

        options.add("--resume");
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = process(options);
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                // after the line about the digits, and after one or two epochs more
                for (int lines = 1 + random.nextInt(3); lines > 0; lines--) {
                    output.readLine();
                }
                Thread.sleep(random.nextInt(40));
                // through the handle, which leaves the pipe open
                process.toHandle().destroyForcibly();
                process.waitFor();
            }
        }
        CommandLineRun resumed = train(directory.resolve("kept"), options.toArray(String[]::new));

        assertThat(report(resumed)).isEqualTo(report(unbroken));
        assertThat(model("kept")).isEqualTo(model("unbroken"));
    }

    @Test
    void theRandomGeneratorIsALongAmongTheParts() throws IOException {
        train(directory.resolve("kept"), "--epochs", "2", "--resume");
        Path latest = directory.resolve("kept/checkpoints/step-0000000002.safetensors");
        RandomNumbers unbroken = TrainingStart.random(1797, 0).random();
        Permutation.random(1258, unbroken);
        Permutation.random(1258, unbroken);

        try (Checkpoint checkpoint = Checkpoints.open(latest)) {
            Tensor state = checkpoint.tensor("random.state");
            assertThat(state.elementType()).isEqualTo(ElementType.I64);
            assertThat(state.getLong()).isEqualTo(unbroken.state).isGreaterThan(1L << 24); // beyond float32
        }
    }

    @Test
    void anotherTrainingIsNotGoneOnWith() {
        train(directory.resolve("kept"), "--epochs", "2", "--resume");
        CommandLineRun other = train(directory.resolve("kept"), "--epochs", "3", "--resume");

        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err())
                .startsWith("statedict-sample: the training in " + directory.resolve("kept/checkpoints")
                        + " is another one, TrainingSettings[epochs=2, ")
                .endsWith("; resume it by its own options, or give --out another directory\n");
    }

    private Process process(List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SampleApplication.class.getName(),
                "train",
                "--out",
                directory.resolve("kept").toString()));
        command.addAll(options);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static CommandLineRun train(Path out, String... options) {
        return CommandLineRun.of(Stream.concat(Stream.of("train", "--out", out.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private byte[] model(String name) throws IOException {
        return Files.readAllBytes(directory.resolve(name).resolve(TrainCommand.MODEL_FILE));
    }

    /** What is said of the training as a whole. */
    private static List<String> report(CommandLineRun run) {
        return run.out()
                .lines()
                .filter(line -> line.startsWith("best epoch") || line.startsWith("the ") || line.startsWith("test "))
                .toList();
    }
}
