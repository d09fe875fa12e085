package dev.statedict.cli;

import dev.statedict.io.Checkpoint;
import dev.statedict.io.TensorLocation;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        header = "Shows values, statistics and histograms of tensors.",
        description = "Values as PyTorch prints them, extremes, mean, NaN and infinities, a histogram. Only"
                + " these tensors are read, one at a time.",
        footer = {
            "  statedict show model.safetensors layers.0.norm.weight",
            "  statedict show --json checkpoint.pt '*.running_mean'",
        })
final class ShowCommand extends StatedictCommand {
    @Option(names = "--json", description = "A JSON document for each tensor, one a line, without values.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "FILE", description = InputFile.DESCRIPTION)
    private String file = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "KEY",
            description = "The tensor's key, or a glob; * is any characters, dots included, ? is one.")
    private List<String> keys = new ArrayList<>();

    ShowCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException, InputException {
        try (InputFile input = InputFile.of(file);
                Checkpoint checkpoint = input.open()) {
            boolean first = true;
            refuseForeign(checkpoint, input);
            for (String key : new KeyGlob(keys).select(checkpoint.keys(), input.name())) {
                Tensor tensor = checkpoint.tensor(key);
                if (json) {
                    screen.println(Json.compact(document(checkpoint, key, Statistics.of(tensor))));
                    continue;
                }
                if (!first) {
                    screen.println("");
                }
                first = false;
                print(checkpoint, key, tensor);
            }
        }
        return 0;
    }

    /** What was asked for by its very key and cannot be shown. */
    private void refuseForeign(Checkpoint checkpoint, InputFile input) throws InputException {
        for (String key : keys) {
            String what = checkpoint.foreign().get(key);
            if (what != null) {
                throw new InputException(input.name() + ": " + key + " is " + what);
            }
        }
    }

    private void print(Checkpoint checkpoint, String key, Tensor tensor) {
        TensorLocation location = checkpoint.location(key);
        screen.println(screen.bold(Printable.line(key)) + "  "
                + Sizes.shape(Sizes.list(tensor.shape())) + "  " + checkpoint.storedType(key) + "  "
                + Sizes.bytes(location.byteCount())
                + String.format(Locale.ROOT, " at offset %,d", location.offset()));
        screen.println(tensor.toString());
        Statistics.of(tensor).lines(screen.columns()).forEach(screen::println);
    }

    private static Map<String, Object> document(Checkpoint checkpoint, String key, Statistics statistics) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("key", key);
        document.put("shape", Sizes.list(checkpoint.shape(key)));
        document.put("type", checkpoint.storedType(key).name());
        document.put("elements", statistics.count());
        document.put("nan", statistics.nans());
        document.put("infinite", statistics.infinities());
        document.put("zero", statistics.zeros());
        document.put("min", statistics.min());
        document.put("max", statistics.max());
        document.put("mean", statistics.mean());
        document.put("std", statistics.deviation());
        document.put("histogram", statistics.bins());
        return document;
    }
}
