package dev.statedict.cli;

import dev.statedict.StateDict;
import dev.statedict.io.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "convert",
        header = "Writes a file in another format, element type, or in shards.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        description = "In the format that the suffix of OUT says, with ties, extra state, versions and"
                + " metadata; by --type in another element type, by --shard-size in shards. The tensors are in memory.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  statedict convert --part model checkpoint.pt weights.safetensors",
            "  statedict convert --type BF16 --shard-size 4kB model.safetensors small.safetensors",
            "  statedict convert model.safetensors layers.pt 'layers.*'",
        })
final class ConvertCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final InputOptions inputOptions = new InputOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--part",
            paramLabel = "PATH",
            description = "Only what lies below it, under keys without it: model of {\"model\": {...}, \"epoch\": 3}.")
    private @Nullable String part;

    @Parameters(index = "0", paramLabel = "IN", description = "A checkpoint file or shard index; - for standard input.")
    private Path in = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "A file that ends in .safetensors, or in .pt, .pth, .bin or .ckpt.")
    private Path out = Path.of("");

    @Parameters(
            index = "2..*",
            paramLabel = "GLOB",
            description = "Only keys that one of them matches; * is any characters, dots included, ? is one.")
    private List<String> globs = new ArrayList<>();

    ConvertCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InputException {
        output.require(out);
        try (InputFile input = InputFile.of(in)) {
            ReadOptions how = inputOptions.readOptions();
            Loading loaded = Loading.of(screen, input, part == null ? how : how.withPart(part));
            StateDict dict = loaded.dict();
            if (!globs.isEmpty()) {
                Set<String> keys = new HashSet<>(new KeyGlob(globs).select(dict.keySet(), input.name()));
                dict = dict.filter(keys::contains);
            }
            output.write(screen, out, dict, loaded.metadata());
        }
        return 0;
    }
}
