package dev.statedict.cli;

import dev.statedict.io.UnreadStateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rename",
        header = "Writes a file under other keys.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        description = "A name is a key, or the path of a module with all that is below it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  statedict rename model.safetensors renamed.safetensors embed=wte layers=h",
            "  statedict rename --add-prefix model. model.safetensors prefixed.safetensors",
        })
final class RenameCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final InputOptions inputOptions = new InputOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--remove-prefix",
            paramLabel = "PREFIX",
            description = "Takes it from the keys that have it, before anything is renamed: module. for example.")
    private @Nullable String removed;

    @Option(names = "--add-prefix", paramLabel = "PREFIX", description = "Puts it before every key, after all else.")
    private @Nullable String added;

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

    @Parameters(index = "2..*", paramLabel = "OLD=NEW", description = "Renames, one after the other.")
    private Map<String, String> names = new LinkedHashMap<>();

    RenameCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InputException {
        if (names.isEmpty() && removed == null && added == null) {
            throw new InputException("there is nothing to rename; give OLD=NEW, --remove-prefix or --add-prefix");
        }
        output.require(out);
        try (InputFile input = InputFile.of(in);
                OpenInput open = OpenInput.of(screen, input, inputOptions.readOptions())) {
            output.write(screen, out, renamed(open.dict(), input.name()), open.metadata());
        }
        return 0;
    }

    private UnreadStateDict renamed(UnreadStateDict dict, String file) throws InputException {
        UnreadStateDict result = dict;
        if (removed != null) {
            result = changed(result, result.withoutPrefix(removed), "begins with " + removed, file);
        }
        for (Map.Entry<String, String> name : names.entrySet()) {
            result = changed(
                    result,
                    result.rename(name.getKey(), name.getValue()),
                    "is " + name.getKey() + " or lies below it",
                    file);
        }
        return added == null ? result : result.withPrefix(added);
    }

    private static UnreadStateDict changed(UnreadStateDict before, UnreadStateDict after, String what, String file)
            throws InputException {
        if (before.keys().equals(after.keys())) {
            throw new InputException("no key of " + file + " " + what + "; statedict ls lists all "
                    + before.keys().size());
        }
        return after;
    }
}
