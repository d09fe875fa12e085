package dev.statedict.sample;

import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A run as CSV files, so that another program can repeat it: {@code sample/pytorch/compare.py} does. */
final class RunExport {
    private final Path directory;

    private RunExport(Path directory) {
        this.directory = directory;
    }

    /** Writes the run; {@code start} is as it was before training. */
    static void write(TrainingStart start, TrainingSettings settings, Training training, Path directory)
            throws IOException {
        RunExport export = new RunExport(directory);
        export.writeLines(
                "settings.csv",
                List.of(
                        "epochs,learning_rate,batch_size,weight_decay,momentum,optimizer,schedule",
                        settings.epochs() + "," + settings.learningRate() + "," + settings.batchSize() + ","
                                + settings.weightDecay() + "," + settings.momentum() + "," + settings.method() + ","
                                + settings.schedule()));
        Split split = start.split();
        export.writeLines("split.csv", List.of(join(split.training()), join(split.validation()), join(split.test())));
        export.writeParameters("initial", start.model().stateDict());
        export.writeParameters("best", training.best().copy());
        export.writeLines(
                "orders.csv",
                IntStream.range(0, settings.epochs())
                        .mapToObj(epoch -> join(start.nextOrder()))
                        .toList());
        export.writeHistory(training.history());
    }

    private void writeParameters(String prefix, Map<String, Tensor> state) throws IOException {
        for (Map.Entry<String, Tensor> entry : state.entrySet()) {
            Tensor tensor = entry.getValue();
            Tensor rows = tensor.dim() == 1 ? tensor.reshape(1, -1) : tensor;
            writeLines(
                    prefix + "." + entry.getKey() + ".csv",
                    IntStream.range(0, rows.size(0))
                            .mapToObj(row -> join(rows.select(0, row).toArray()))
                            .toList());
        }
    }

    private void writeHistory(List<Epoch> history) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("epoch,training_loss,training_accuracy,validation_loss,validation_accuracy");
        for (Epoch epoch : history) {
            lines.add(epoch.number() + "," + epoch.training().loss() + ","
                    + epoch.training().accuracy() + "," + epoch.validation().loss() + ","
                    + epoch.validation().accuracy());
        }
        writeLines("history.csv", lines);
    }

    private void writeLines(String file, List<String> lines) throws IOException {
        Files.writeString(directory.resolve(file), String.join("\n", lines) + "\n");
    }

    private static String join(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    private static String join(float[] numbers) {
        return IntStream.range(0, numbers.length)
                .mapToObj(i -> Float.toString(numbers[i]))
                .collect(Collectors.joining(","));
    }
}
