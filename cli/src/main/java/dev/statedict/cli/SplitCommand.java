package dev.statedict.cli;

import dev.statedict.io.UnreadStateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "split",
        header = "Writes a file for each module at the top.",
        description = "What keys begin with before their first dot is a file; a tensor without"
                + " one has a file of its own, and so has extra state. Keys stay, so that cat joins the files again."
                + " For shards: convert --shard-size.",
        footerHeading = "%nExample:%n",
        footer = "  statedict split model.safetensors --out-dir parts")
final class SplitCommand extends WritingCommand {
    /** What may be in a file's name: a key must not lead out of the directory. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*");

    @Parameters(index = "0", paramLabel = "FILE", description = InputFile.DESCRIPTION)
    private String file = "";

    @Option(
            names = {"-d", "--out-dir"},
            required = true,
            paramLabel = "DIR",
            description = "Where to write; made if missing.")
    private Path directory = Path.of("");

    @Option(
            names = "--suffix",
            paramLabel = "SUFFIX",
            defaultValue = ".safetensors",
            description = "The format of the files; ${DEFAULT-VALUE} unless said otherwise.")
    private String suffix = ".safetensors";

    SplitCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException, InputException {
        try (InputFile input = InputFile.of(file);
                OpenInput open = OpenInput.of(screen, input, inputOptions.readOptions())) {
            Map<String, UnreadStateDict> parts = open.dict().groupBy(SplitCommand::top);
            if (open.dict().keys().isEmpty()) {
                throw new InputException(input.name() + " has no tensor to split; statedict meta shows what it has");
            }
            for (String top : parts.keySet()) {
                requireName(top, open.dict());
            }
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
            }
            for (String top : parts.keySet()) {
                output.require(path(top));
            }
            for (Map.Entry<String, UnreadStateDict> part : parts.entrySet()) {
                output.writeEvenEmpty(screen, path(part.getKey()), part.getValue(), open.metadata());
            }
        }
        return 0;
    }

    private Path path(String top) {
        return directory.resolve(top + suffix);
    }

    private static void requireName(String top, UnreadStateDict dict) throws InputException {
        if (PLAIN.matcher(top).matches()) {
            return;
        }
        String first = dict.keys().stream()
                .filter(key -> top(key).equals(top))
                .findFirst()
                .orElse(top);
        throw new InputException(
                "the key " + first + " begins with what is no name of a file; statedict rename gives it another");
    }

    private static String top(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }
}
