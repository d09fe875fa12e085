package dev.statedict.cli;

import dev.statedict.io.KeyMapping;
import dev.statedict.io.ReadOptions;
import dev.statedict.io.UnreadStateDict;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
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
                + " metadata; by --type in another element type, by --shard-size in shards, by --mapping with other names"
                + " and layouts. Tensors are read while they are written, however large the file.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  statedict convert --part model checkpoint.pt weights.safetensors",
            "  statedict convert --type BF16 --shard-size 4kB bin small.safetensors",
            "  statedict convert model.safetensors layers.pt 'layers.*'",
            "  statedict convert --mapping to-gpt.json model.safetensors gpt.safetensors",
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

    @Option(
            names = "--mapping",
            paramLabel = "JSON",
            description =
                    "A file of rules that rename, transpose, fuse, split and drop, as KeyMapping.toJson writes them.")
    private @Nullable Path mapping;

    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "A checkpoint file, shard index, directory or URL; - for standard input.")
    private String in = "";

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "A file that ends in .safetensors, .statedict, .npz or .npy, or in .pt, .pth, .bin or .ckpt.")
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
        KeyMapping names = mapping == null ? KeyMapping.empty() : read(mapping);
        ReadOptions how = inputOptions.readOptions();
        try (InputFile input = InputFile.of(in);
                OpenInput open = OpenInput.of(screen, input, part == null ? how : how.withPart(part))) {
            UnreadStateDict dict = open.dict();
            if (!globs.isEmpty()) {
                Set<String> keys = new HashSet<>(new KeyGlob(globs).select(dict.keys(), input.name()));
                dict = dict.filter(keys::contains);
            }
            output.write(screen, out, mapped(names, dict, input.name()), open.metadata());
        }
        return 0;
    }

    private UnreadStateDict mapped(KeyMapping names, UnreadStateDict dict, String file) throws InputException {
        try {
            return names.apply(dict);
        } catch (IllegalArgumentException misfit) {
            throw new InputException(String.valueOf(misfit.getMessage())
                    .replace("the state dict:\n\t", file + ": ")
                    .replace("\n\t", "; "));
        }
    }

    private static KeyMapping read(Path file) throws IOException, InputException {
        try {
            return KeyMapping.fromJson(Files.readString(file));
        } catch (CharacterCodingException noText) {
            throw new InputException(file + ": no mapping, for it is no text; give the rules as JSON");
        } catch (IllegalArgumentException noMapping) {
            throw new InputException(file + ": " + noMapping.getMessage());
        }
    }
}
