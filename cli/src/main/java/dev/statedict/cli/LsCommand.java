package dev.statedict.cli;

import dev.statedict.StoredType;
import dev.statedict.io.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ls",
        header = "Lists the tensors of a file.",
        description = "Key, shape, type, bytes and ties of each, and totals. No tensor is read.",
        footer = {
            "  statedict ls model.safetensors",
            "  statedict ls --all checkpoint.pt 'model.*'",
            "  statedict ls --json-lines model.safetensors",
        })
final class LsCommand extends StatedictCommand {
    @Option(
            names = "--all",
            description = "A line for each tensor; else repeated layers are one, layers.{0..31}.weight.")
    private boolean all;

    @Option(names = "--json", description = "One JSON document, of all tensors and the totals.")
    private boolean json;

    @Option(names = "--json-lines", description = "A JSON document for each tensor, one a line.")
    private boolean jsonLines;

    @Parameters(index = "0", paramLabel = "FILE", description = InputFile.DESCRIPTION)
    private String file = "";

    @Parameters(index = "1..*", paramLabel = "GLOB", description = KeyGlob.DESCRIPTION)
    private List<String> globs = new ArrayList<>();

    LsCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException, InputException {
        if (json && jsonLines) {
            throw new InputException("--json and --json-lines are two ways to print; give one of them");
        }
        try (InputFile input = InputFile.of(file);
                Checkpoint checkpoint = input.open()) {
            Map<String, String> foreign = new LinkedHashMap<>(checkpoint.foreign());
            List<String> keys = selected(checkpoint, foreign, input.name());
            Listing listing = Listing.of(checkpoint, keys);
            if (jsonLines) {
                listing.items().forEach(item -> screen.println(Json.compact(members(item))));
            } else if (json) {
                screen.println(Json.indented(document(input, listing, foreign)));
            } else {
                print(listing, foreign);
            }
        }
        return 0;
    }

    /** The keys of tensors that match; of what is none, those that match are kept. */
    private List<String> selected(Checkpoint checkpoint, Map<String, String> foreign, String file)
            throws InputException {
        if (globs.isEmpty()) {
            return List.copyOf(checkpoint.keys());
        }
        List<String> all = new ArrayList<>(checkpoint.keys());
        all.addAll(foreign.keySet());
        Set<String> selected = new LinkedHashSet<>(new KeyGlob(globs).select(all, file));
        foreign.keySet().retainAll(selected);
        selected.removeAll(foreign.keySet());
        return List.copyOf(selected);
    }

    private void print(Listing listing, Map<String, String> foreign) {
        TextTable table = new TextTable().row("key", "shape", "type", "size");
        for (LayerFolding.Row row : all ? LayerFolding.unfolded(listing.items()) : LayerFolding.fold(listing.items())) {
            Listing.Item item = row.first();
            table.row(row.key(), Sizes.shape(item.shape()), item.type().name(), size(row));
        }
        table.printWithHeading(screen);
        foreign.forEach((key, what) -> screen.println(screen.yellow(Printable.line(key + " is " + what))));
        screen.println(totals(listing)
                + (foreign.isEmpty() ? "" : ", and " + Sizes.count(foreign.size(), "item") + " of another kind"));
    }

    private static String size(LayerFolding.Row row) {
        Listing.Item item = row.first();
        if (item.tiedTo() != null) {
            return "tied to " + item.tiedTo();
        }
        String bytes = Sizes.bytes(item.location().byteCount());
        if (item.within() != null) {
            return bytes + ", shared with " + item.within();
        }
        return row.count() == 1 ? bytes : row.count() + " x " + bytes;
    }

    private static String totals(Listing listing) {
        Set<StoredType> stored = EnumSet.noneOf(StoredType.class);
        listing.items().forEach(item -> stored.add(item.type()));
        String types = stored.stream().map(Enum::name).collect(Collectors.joining(", "));
        return Sizes.count(listing.items().size(), "tensor")
                + (types.isEmpty() ? "" : " of " + types)
                + ", " + Sizes.count(listing.elements(), "element")
                + ", " + Sizes.bytes(listing.bytes())
                + (listing.ties() == 0 ? "" : ", " + Sizes.count(listing.ties(), "tie"));
    }

    private static Map<String, Object> document(InputFile input, Listing listing, Map<String, String> foreign) {
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("tensors", listing.items().size());
        totals.put("elements", listing.elements());
        totals.put("bytes", listing.bytes());
        totals.put("ties", listing.ties());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", input.name());
        document.put("tensors", listing.items().stream().map(LsCommand::members).toList());
        document.put("foreign", foreign);
        document.put("totals", totals);
        return document;
    }

    private static Map<String, Object> members(Listing.Item item) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("key", item.key());
        members.put("shape", item.shape());
        members.put("type", item.type().name());
        members.put("strides", item.location().strides());
        Path file = item.location().file();
        if (file != null) {
            members.put("file", file.getFileName().toString());
        }
        members.put("offset", item.location().offset());
        members.put("bytes", item.location().byteCount());
        if (item.tiedTo() != null) {
            members.put("tiedTo", item.tiedTo());
        }
        if (item.within() != null) {
            members.put("sharesBytesWith", item.within());
        }
        return members;
    }
}
