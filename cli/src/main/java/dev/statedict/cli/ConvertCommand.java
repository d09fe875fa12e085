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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "convert",
        header = "Writes a file in another format, element type, or in shards.",
        description = "In the format that the suffix of OUT says, with ties, extra state, versions and"
                + " metadata; by --type in another element type, by --shard-size in shards, by --mapping with other names"
                + " and layouts. Tensors are read while they are written, however large the file.",
        footer = {
            "  statedict convert --part model checkpoint.pt weights.safetensors",
            "  statedict convert --type BF16 --shard-size 4kB bin small.safetensors",
            "  statedict convert model.safetensors layers.pt 'layers.*'",
            "  statedict convert --mapping to-gpt.json model.safetensors gpt.safetensors",
        })
final class ConvertCommand extends CopyingCommand {
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

    @Parameters(index = "1", paramLabel = "OUT", description = OutputOptions.FILE)
    private Path out = Path.of("");

    @Parameters(index = "2..*", paramLabel = "GLOB", description = KeyGlob.DESCRIPTION)
    private List<String> globs = new ArrayList<>();

    private KeyMapping names = KeyMapping.empty();

    ConvertCommand(Screen screen) {
        super(screen);
    }

    @Override
    Path out() {
        return out;
    }

    @Override
    void prepare() throws IOException, InputException {
        names = mapping == null ? KeyMapping.empty() : read(mapping);
    }

    @Override
    ReadOptions readOptions() {
        return part == null ? super.readOptions() : super.readOptions().withPart(part);
    }

    @Override
    UnreadStateDict copied(UnreadStateDict dict, String file) throws InputException {
        if (globs.isEmpty()) {
            return mapped(dict, file);
        }
        Set<String> keys = new HashSet<>(new KeyGlob(globs).select(dict.keys(), file));
        return mapped(dict.filter(keys::contains), file);
    }

    private UnreadStateDict mapped(UnreadStateDict dict, String file) throws InputException {
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
