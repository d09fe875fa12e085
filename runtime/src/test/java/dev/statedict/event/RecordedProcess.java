package dev.statedict.event;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes a snapshot, saves and loads it. */
final class RecordedProcess {
    private RecordedProcess() {}

    public static void main(String[] arguments) throws IOException {
        Tensor weight = Tensor.zeros(2, 3);
        Stateful module = visitor -> visitor.parameter("weight", weight);
        StateDict dict = module.stateDict(Policy.COPY);
        Path file = Path.of(arguments[0]);
        Checkpoints.save(file, dict);
        System.out.println(Checkpoints.load(file).keySet());
    }

    /** A process that runs this. */
    static ProcessBuilder of(Path file, String... options) {
        Path target = Path.of("target").toAbsolutePath();
        String separator = System.getProperty("path.separator");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path")
                        + separator
                        + target.resolve("classes")
                        + separator
                        + target.resolve("test-classes"),
                RecordedProcess.class.getName(),
                file.toString()));
        return new ProcessBuilder(command);
    }
}
