package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointCheckTest {
    /** Its schema, which the processor would have written, is among the test resources. */
    static final class Detector {}

    private static final String DETECTOR = Detector.class.getName();

    @TempDir
    private Path directory;

    private Path saved(String name, String weight, int out) throws IOException {
        Path file = directory.resolve(name);
        Checkpoints.save(
                file,
                StateDict.builder()
                        .put(weight, Tensor.zeros(out, 2))
                        .put("bias", Tensor.zeros(3))
                        .build());
        return file;
    }

    @Test
    void filesThatLoadPass() throws IOException {
        Path file = saved("new.safetensors", "weight", 3);
        Path older = saved("old.pt", "w", 3);

        assertThatCode(() -> CheckpointCheck.check(Detector.class, file, older)).doesNotThrowAnyException();
    }

    @Test
    void everyFileThatDoesNotIsNamedWithItsReport() throws IOException {
        Path wrong = saved("wrong.safetensors", "kernel", 3);
        Path good = saved("good.safetensors", "weight", 3);
        Path larger = saved("larger.safetensors", "weight", 4);
        Path absent = directory.resolve("absent.safetensors");
        Path broken = Files.writeString(directory.resolve("broken.safetensors"), "no tensors here");

        assertThatThrownBy(() -> CheckpointCheck.check(Detector.class, wrong, good, larger, absent, broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(wrong + " does not load into " + DETECTOR + ":\n"
                        + "\tMissing key(s) in state_dict: \"weight\".\n"
                        + "\tUnexpected key(s) in state_dict: \"kernel\".\n"
                        + larger + " does not load into " + DETECTOR + ":\n"
                        + "\tsize mismatch for weight: the stored shape is [4, 2], the declared shape is [out, in] with"
                        + " {out=3}.\n"
                        + absent + " cannot be read: there is no such file\n"
                        + broken + ": ");
    }

    @Test
    void aCheckOfNothingIsRefused() {
        assertThatThrownBy(() -> CheckpointCheck.check(Detector.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("give the files that are to load into " + DETECTOR);
    }

    @Test
    void theProgramTellsOfEachFile() throws IOException {
        Path older = saved("old.safetensors", "w", 3);
        Path wrong = saved("wrong.safetensors", "kernel", 3);

        assertThat(run(0, DETECTOR, older))
                .isEqualTo(older + " loads into " + DETECTOR + ":\n\t1 key renamed: w=weight\n");
        assertThat(run(1, DETECTOR, wrong, older))
                .isEqualTo(wrong + " does not load into " + DETECTOR + ":\n"
                        + "\tMissing key(s) in state_dict: \"weight\".\n"
                        + "\tUnexpected key(s) in state_dict: \"kernel\".\n"
                        + older + " loads into " + DETECTOR + ":\n\t1 key renamed: w=weight\n");
    }

    @Test
    void theProgramTellsWhatKeptItFromChecking() throws IOException {
        Path file = saved("model.safetensors", "weight", 3);

        assertThat(run(2, DETECTOR))
                .isEqualTo("give the name of a module class, and the files that are to load into it\n");
        assertThat(run(2, "com.example.Detector", file))
                .isEqualTo("the class com.example.Detector is not on the class path\n");
        assertThat(run(2, "java.lang.String", file))
                .isEqualTo(
                        "there is no META-INF/statedict/java.lang.String.json on the class path of java.lang.String; is"
                                + " it a @StateModule class, compiled with the statedict processor?\n");
    }

    /** What the program prints, all on the one stream that its status calls for. */
    private static String run(int status, String className, Path... files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] arguments = Stream.concat(
                        Stream.of(className), Arrays.stream(files).map(Path::toString))
                .toArray(String[]::new);

        assertThat(CheckpointCheck.run(print(out), print(err), arguments)).isEqualTo(status);

        assertThat((status == 2 ? out : err).toString(StandardCharsets.UTF_8)).isEmpty();
        return (status == 2 ? err : out).toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @Test
    void theProcessEndsWithTheStatus() throws Exception {
        Path file = saved("model.safetensors", "weight", 3);
        Path wrong = saved("wrong.safetensors", "kernel", 3);

        assertThat(exitStatus(DETECTOR, file.toString())).isZero();
        assertThat(exitStatus(DETECTOR, file.toString(), wrong.toString())).isEqualTo(1);
        assertThat(exitStatus(DETECTOR)).isEqualTo(2);
    }

    private static int exitStatus(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                Path.of("target", "classes") + File.pathSeparator + Path.of("target", "test-classes"),
                                CheckpointCheck.class.getName()),
                        Arrays.stream(arguments))
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
