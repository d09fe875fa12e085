package dev.statedict.io;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Saves one dict after the other to the same place, until it is killed, saying so after each; or a number of times. */
final class SavingProcess {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path TEST_CLASSES = Path.of("target", "test-classes");

    private SavingProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        if (arguments.length == 2) {
            for (int repeat = Integer.parseInt(arguments[1]); repeat > 0; repeat--) {
                Checkpoints.save(
                        file,
                        StateDict.builder().put("w", Tensor.scalar(repeat)).build(),
                        WriteOptions.defaults().withFlush(false));
            }
            return;
        }
        WriteOptions options = options(Long.parseLong(arguments[1]));
        for (int generation = Integer.parseInt(arguments[2]); ; generation++) {
            Checkpoints.save(file, dict(generation), options);
            System.out.println(generation);
        }
    }

    static WriteOptions options(long shardSize) {
        return shardSize == 0
                ? WriteOptions.defaults()
                : WriteOptions.defaults().withShardSize(shardSize).withFlush(false);
    }

    /** Two megabytes that are all the number of their generation. */
    static StateDict dict(int generation) {
        var builder = StateDict.builder();
        for (int i = 0; i < 20; i++) {
            Tensor tensor = Tensor.zeros(25_000);
            tensor.fill(generation);
            builder.put("t" + i, tensor);
        }
        return builder.build();
    }

    /** A process that runs this. */
    static ProcessBuilder of(List<String> shell, Path file, long shardSize, int firstGeneration) {
        List<String> command = new ArrayList<>(shell);
        command.addAll(command(file, Long.toString(shardSize), Integer.toString(firstGeneration)));
        return new ProcessBuilder(command);
    }

    /** A process that saves a small dict again and again, and ends. */
    static ProcessBuilder repeated(Path file, int times) {
        return new ProcessBuilder(command(file, Integer.toString(times)));
    }

    private static List<String> command(Path file, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                CLASSES.toAbsolutePath() + System.getProperty("path.separator") + TEST_CLASSES.toAbsolutePath(),
                SavingProcess.class.getName(),
                file.toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
