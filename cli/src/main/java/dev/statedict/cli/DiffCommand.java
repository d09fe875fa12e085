package dev.statedict.cli;

import dev.statedict.StateDictDiff;
import dev.statedict.io.Checkpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        header = "Compares two files.",
        description = "Of any two formats: keys, shapes, types, values and what lies beside the tensors."
                + " Tensors are read in pairs.",
        footer = {
            "  statedict diff model.safetensors finetuned.safetensors",
            "  statedict diff --json model.safetensors legacy.pt 'layers.*'",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing differs", "1:something does", "2:what was given will not do"})
final class DiffCommand extends StatedictCommand {
    private static final int EQUAL = 0;
    private static final int DIFFERENT = 1;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Option(
            names = "--tensors-only",
            description = "Leaves out what lies beside the tensors: metadata, plain values, extra state, versions.")
    private boolean tensorsOnly;

    @Parameters(index = "0", paramLabel = "A", description = "The first file or URL; - for standard input.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "B", description = "The second file or URL.")
    private String second = "";

    @Parameters(index = "2..*", paramLabel = "GLOB", description = KeyGlob.DESCRIPTION)
    private List<String> globs = new ArrayList<>();

    DiffCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException, InputException {
        try (InputFile a = InputFile.of(first);
                InputFile b = InputFile.of(second);
                Checkpoint before = a.open();
                Checkpoint after = b.open()) {
            KeyGlob selected = new KeyGlob(globs);
            Set<String> keys = new LinkedHashSet<>(before.keys());
            keys.addAll(after.keys());
            selected.select(keys, a.name() + " or " + b.name());
            FileDiff diff = difference(before, after, selected);
            if (json) {
                screen.println(Json.indented(document(diff)));
            } else {
                print(diff, a.name(), b.name());
            }
            return diff.isEmpty() ? EQUAL : DIFFERENT;
        }
    }

    private FileDiff difference(Checkpoint before, Checkpoint after, KeyGlob selected) throws IOException {
        long bytes = Listing.of(before, List.copyOf(before.keys())).bytes();
        try (Progress progress = Progress.of(screen, "comparing", bytes)) {
            FileDiff diff = FileDiff.between(before, after, selected, progress);
            return tensorsOnly ? diff.ofTensors() : diff;
        }
    }

    private void print(FileDiff diff, String a, String b) {
        TextTable table = new TextTable();
        diff.missing().forEach(key -> table.row("- " + key, "only in " + a));
        diff.added().forEach(key -> table.row("+ " + key, "only in " + b));
        diff.shapes()
                .forEach(change -> table.row(
                        "~ " + change.key(),
                        "shape " + Sizes.shape(change.before()) + " became " + Sizes.shape(change.after())));
        diff.types()
                .forEach(change ->
                        table.row("~ " + change.key(), "type " + change.before() + " became " + change.after()));
        diff.values().forEach(change -> table.row("~ " + change.key(), describe(change)));
        diff.beside()
                .forEach(change -> table.row(
                        "~ " + change.section() + " " + (change.name().isEmpty() ? "(root)" : change.name()),
                        text(change.before()) + " became " + text(change.after())));
        table.print(screen, this::colored);
        screen.println(Sizes.count(diff.alike(), "tensor") + (diff.alike() == 1 ? " is" : " are") + " the same");
    }

    private String colored(String line) {
        return line.startsWith("- ")
                ? screen.red(line)
                : line.startsWith("+ ") ? screen.green(line) : line.startsWith("~ ") ? screen.yellow(line) : line;
    }

    private static String describe(StateDictDiff.ValueChange change) {
        return String.format(
                Locale.ROOT,
                "%s %s, at most %.4g or %,d ULP, first at %s",
                Sizes.count(change.count(), "element"),
                change.count() == 1 ? "differs" : "differ",
                change.maxAbsolute(),
                change.maxUlp(),
                Sizes.shape(change.firstIndex()));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "nothing" : value instanceof String text ? text : Json.compact(value);
    }

    private static Map<String, Object> document(FileDiff diff) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("equal", diff.isEmpty());
        document.put("same", diff.alike());
        document.put("missing", diff.missing());
        document.put("added", diff.added());
        document.put(
                "shapes",
                diff.shapes().stream()
                        .map(change -> members("key", change.key(), "before", change.before(), "after", change.after()))
                        .toList());
        document.put(
                "types",
                diff.types().stream()
                        .map(change -> members("key", change.key(), "before", change.before(), "after", change.after()))
                        .toList());
        document.put(
                "values",
                diff.values().stream()
                        .map(change -> members(
                                "key", change.key(),
                                "count", change.count(),
                                "maxAbsolute", change.maxAbsolute(),
                                "maxUlp", change.maxUlp(),
                                "firstIndex", change.firstIndex()))
                        .toList());
        document.put(
                "beside",
                diff.beside().stream()
                        .map(change -> members(
                                "what",
                                change.section(),
                                "name",
                                change.name(),
                                "before",
                                change.before(),
                                "after",
                                change.after()))
                        .toList());
        return document;
    }

    private static Map<String, @Nullable Object> members(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return members;
    }
}
