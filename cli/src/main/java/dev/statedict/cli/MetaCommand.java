package dev.statedict.cli;

import dev.statedict.io.Checkpoint;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "meta",
        header = "Shows what a file holds beside tensors.",
        description = "Metadata, plain values of a .pt, extra state, versions of the" + " module classes, digests.",
        footer = {"  statedict meta checkpoint.pt", "  statedict meta --json finetuned.safetensors"})
final class MetaCommand extends StatedictCommand {
    private static final int SHOWN = 200;
    private static final String CUT = "... (--json shows all)";
    private static final int INDENT = 2;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "FILE", description = InputFile.DESCRIPTION)
    private String file = "";

    MetaCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException, InputException {
        try (InputFile input = InputFile.of(file);
                Checkpoint checkpoint = input.open()) {
            Map<String, Map<String, ?>> sections = new LinkedHashMap<>();
            sections.put("metadata", Metadata.of(checkpoint));
            sections.put("values", checkpoint.values());
            sections.put("extraState", checkpoint.extraState());
            sections.put("versions", checkpoint.versions());
            sections.put("digests", checkpoint.digests());
            sections.put("foreign", checkpoint.foreign());
            if (json) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("file", input.name());
                document.putAll(sections);
                screen.println(Json.indented(document));
            } else {
                print(input, sections);
            }
        }
        return 0;
    }

    private void print(InputFile input, Map<String, Map<String, ?>> sections) {
        sections.values().removeIf(Map::isEmpty);
        if (sections.isEmpty()) {
            screen.println(Printable.line(input.name()) + " holds nothing beside its tensors");
        }
        sections.forEach((title, entries) -> {
            screen.println(screen.bold(title));
            TextTable table = new TextTable();
            entries.forEach((name, value) -> table.row("  " + (name.isEmpty() ? "(root)" : name), shown(value)));
            table.print(screen);
        });
    }

    /** On a terminal a long value takes a line of its own, and no more than that. */
    private String shown(@Nullable Object value) {
        String text = value instanceof String same ? same : Json.compact(value);
        int room = screen.columns() - INDENT;
        if (text.length() <= Math.min(SHOWN, room)) {
            return text;
        }
        return text.substring(0, Math.max(1, Math.min(SHOWN, room - CUT.length()))) + CUT;
    }
}
