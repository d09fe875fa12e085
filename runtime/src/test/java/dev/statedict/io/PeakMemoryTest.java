package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a file takes the memory of its tensors and no second one: shown by processes that have no more. */
class PeakMemoryTest {
    private static final int TENSORS = 24;
    private static final int ELEMENTS = 1 << 20;
    private static final int MEGABYTES = TENSORS * 4;
    /** Of the JVM itself, with its young generation that is never full. */
    private static final int REST = 32;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "model.pt", "model.statedict"})
    void aFileIsReadWithTheMemoryOfItsTensors(String name) throws IOException, InterruptedException {
        Path file = save(name);

        assertThat(run(file, 1)).contains("read " + TENSORS);
    }

    /** Else the test above could not fail. */
    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "model.pt", "model.statedict"})
    void thatMemoryIsTooLittleForTwo(String name) throws IOException, InterruptedException {
        Path file = save(name);

        assertThat(run(file, 2)).contains("OutOfMemoryError");
    }

    /** A third of its tensors' memory would not be enough if they came to lie in it, or one of them as floats. */
    @ParameterizedTest
    @CsvSource({
        "model.safetensors, model.pt",
        "model.pt, model.safetensors",
        "model.safetensors, model.statedict",
        "model.pt, model.statedict",
        "model.statedict, copy.statedict",
        "model.statedict, model.npz"
    })
    void aFileIsCopiedWithoutItsTensorsInMemory(String from, String to) throws IOException, InterruptedException {
        Path file = save(from);

        assertThat(run(
                        MEGABYTES / 3,
                        Copier.class,
                        file.toString(),
                        directory.resolve(to).toString()))
                .contains("copied " + TENSORS);
        assertThat(Checkpoints.load(directory.resolve(to)).contentEquals(Checkpoints.load(file)))
                .isTrue();
    }

    private Path save(String name) throws IOException {
        Path file = directory.resolve(name);
        var builder = StateDict.builder();
        for (int i = 0; i < TENSORS; i++) {
            builder.put("t" + i, Tensor.zeros(ELEMENTS));
        }
        Checkpoints.save(file, builder.build(), WriteOptions.defaults().withFlush(false));
        return file;
    }

    private static String run(Path file, int times) throws IOException, InterruptedException {
        int heap = MEGABYTES + REST;
        assertThat(heap).as("less than twice the tensors").isLessThan(2 * MEGABYTES);
        return run(heap, Reader.class, file.toString(), Integer.toString(times));
    }

    private static String run(int heap, Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-Xmn" + REST / 2 + "m",
                "-XX:+UseSerialGC",
                "-XX:MaxDirectMemorySize=6m",
                "-cp",
                Path.of("target", "classes").toAbsolutePath()
                        + System.getProperty("path.separator")
                        + Path.of("target", "test-classes").toAbsolutePath(),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** The process: copies a file, once as it is and once with digests, in half precision where the format can. */
    static final class Copier {
        private Copier() {}

        public static void main(String[] arguments) throws IOException {
            Path target = Path.of(arguments[1]);
            try (Checkpoint checkpoint = Checkpoints.open(Path.of(arguments[0]))) {
                WriteOptions options = WriteOptions.defaults().withFlush(false);
                boolean keepsTypes = CheckpointFormat.of(target) == CheckpointFormat.STATEDICT;
                Checkpoints.save(
                        target,
                        checkpoint.unread(),
                        (keepsTypes ? options : options.withStoredType(StoredType.F16)).withDigest());
                Checkpoints.save(target, checkpoint.unread(), options);
                System.out.println("copied " + checkpoint.keys().size());
            }
        }
    }

    /** The process: reads a file as often as asked, and keeps everything. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] arguments) throws IOException {
            StateDict[] kept = new StateDict[Integer.parseInt(arguments[1])];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = Checkpoints.load(Path.of(arguments[0]));
            }
            System.out.println("read " + kept[kept.length - 1].size());
        }
    }
}
