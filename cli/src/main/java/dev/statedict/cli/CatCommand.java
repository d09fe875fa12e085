package dev.statedict.cli;

import dev.statedict.io.UnreadStateDict;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cat",
        header = "Joins files in one.",
        description = "The files have different keys. Of metadata that several have, the first one's is kept.",
        footerHeading = "%nExample:%n",
        footer = "  statedict cat diverged.safetensors types.safetensors --out both.safetensors")
final class CatCommand extends WritingCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Checkpoint files, shard indexes, directories or URLs; - for standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "OUT",
            description = OutputOptions.FILE)
    private Path out = Path.of("");

    CatCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException, InputException {
        output.require(out);
        List<Closeable> open = new ArrayList<>();
        try {
            UnreadStateDict all = null;
            Map<String, String> metadata = new LinkedHashMap<>();
            for (String file : files) {
                InputFile input = InputFile.of(file);
                open.add(input);
                OpenInput next = OpenInput.of(screen, input, inputOptions.readOptions());
                open.add(0, next);
                all = all == null ? next.dict() : union(all, next.dict(), input.name());
                next.metadata().forEach(metadata::putIfAbsent);
            }
            output.write(screen, out, Objects.requireNonNull(all), metadata);
        } finally {
            for (Closeable file : open) {
                file.close();
            }
        }
        return 0;
    }

    private static UnreadStateDict union(UnreadStateDict before, UnreadStateDict next, String file)
            throws InputException {
        try {
            return before.union(next);
        } catch (IllegalArgumentException both) {
            String problem = String.valueOf(both.getMessage());
            int mend = problem.indexOf(';');
            throw new InputException(file + " has keys that are there already: "
                    + problem.substring("both dicts have ".length(), mend < 0 ? problem.length() : mend)
                    + "; statedict rename --add-prefix keeps them apart");
        }
    }
}
