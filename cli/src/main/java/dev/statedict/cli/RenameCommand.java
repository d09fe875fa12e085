package dev.statedict.cli;

import dev.statedict.io.UnreadStateDict;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rename",
        header = "Writes a file under other keys.",
        description = "A name is a key, or the path of a module with all that is below it.",
        footer = {
            "  statedict rename model.safetensors renamed.safetensors embed=wte layers=h",
            "  statedict rename --add-prefix model. model.safetensors prefixed.safetensors",
        })
final class RenameCommand extends CopyingCommand {
    @Option(
            names = "--remove-prefix",
            paramLabel = "PREFIX",
            description = "Takes it from the keys that have it, before anything is renamed: module. for example.")
    private @Nullable String removed;

    @Option(names = "--add-prefix", paramLabel = "PREFIX", description = "Puts it before every key, after all else.")
    private @Nullable String added;

    @Parameters(index = "1", paramLabel = "OUT", description = OutputOptions.FILE)
    private Path out = Path.of("");

    @Parameters(index = "2..*", paramLabel = "OLD=NEW", description = "Renames, one after the other.")
    private Map<String, String> names = new LinkedHashMap<>();

    RenameCommand(Screen screen) {
        super(screen);
    }

    @Override
    Path out() {
        return out;
    }

    @Override
    void prepare() throws InputException {
        if (names.isEmpty() && removed == null && added == null) {
            throw new InputException("there is nothing to rename; give OLD=NEW, --remove-prefix or --add-prefix");
        }
    }

    @Override
    UnreadStateDict copied(UnreadStateDict dict, String file) throws InputException {
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
