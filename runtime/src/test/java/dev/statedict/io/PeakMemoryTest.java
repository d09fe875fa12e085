package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap + "m",
                        "-Xmn" + REST / 2 + "m",
                        "-XX:+UseSerialGC",
                        "-XX:MaxDirectMemorySize=6m",
                        "-cp",
                        Path.of("target", "classes").toAbsolutePath()
                                + System.getProperty("path.separator")
                                + Path.of("target", "test-classes").toAbsolutePath(),
                        PeakMemoryTest.class.getName() + "$Reader",
                        file.toString(),
                        Integer.toString(times)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
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
