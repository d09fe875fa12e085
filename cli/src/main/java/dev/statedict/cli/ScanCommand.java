package dev.statedict.cli;

import dev.statedict.io.PickleScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "scan",
        header = "Shows what pickles would have run in Python.",
        description = "Every name that they look up, where, and"
                + " what they call. Nothing is executed. Any protocol, .pt of any age, TorchScript, bare pickles.",
        footer = {"  statedict scan payload.pt", "  statedict scan --json checkpoint.pt"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:plain: nothing but what tensors and plain values need",
            "1:not plain",
            "2:what was given will not do"
        })
final class ScanCommand extends StatedictCommand {
    private static final Pattern SUFFIX = Pattern.compile("\\.(bin|pt|pth|ckpt|pkl)$");
    private static final int PLAIN = 0;
    private static final int NOT_PLAIN = 1;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A file of pickles, its URL, or a directory of such; - for standard input.")
    private String file = "";

    ScanCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException, InputException {
        try (InputFile input = InputFile.of(file).fetched()) {
            boolean directory = Files.isDirectory(input.path());
            Map<String, PickleScan> scans = new LinkedHashMap<>();
            for (Path pickles : directory ? pickles(input.path()) : List.of(input.path())) {
                scans.put(InputFile.named(pickles.toString()), PickleScan.of(pickles));
            }
            if (json) {
                List<Map<String, Object>> documents = new ArrayList<>();
                scans.forEach((name, scan) -> documents.add(document(name, scan)));
                screen.println(Json.indented(directory ? documents : documents.get(0)));
            } else {
                scans.forEach((name, scan) -> print(Printable.line(name), scan));
            }
            return scans.values().stream().allMatch(PickleScan::isPlain) ? PLAIN : NOT_PLAIN;
        }
    }

    /** The files of pickles in a directory, as shards have them. */
    private static List<Path> pickles(Path directory) throws IOException, InputException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> pickles = entries.filter(entry ->
                            SUFFIX.matcher(entry.getFileName().toString()).find() && Files.isRegularFile(entry))
                    .sorted()
                    .toList();
            if (pickles.isEmpty()) {
                throw new InputException(directory + " has no file of pickles (.bin, .pt, .pth, .ckpt, .pkl);"
                        + " other formats run nothing");
            }
            return pickles;
        }
    }

    private void print(String name, PickleScan scan) {
        if (!scan.globals().isEmpty()) {
            TextTable table = new TextTable().row("name", "offset", "calls", "");
            for (PickleScan.Global global : scan.globals()) {
                table.row(
                        nameOf(global),
                        String.format(Locale.ROOT, "%,d%s", global.offset(), within(global)),
                        String.format(Locale.ROOT, "%,d", global.calls()),
                        global.isPlain() ? "plain" : "NOT PLAIN");
            }
            table.printWithHeading(screen, line -> line.endsWith("NOT PLAIN") ? screen.red(line) : line);
        }
        List<PickleScan.Global> foreign = foreign(scan);
        for (PickleScan.Global global : foreign) {
            if (global.firstCall() != null) {
                screen.println(screen.red(Printable.line("would call " + global.firstCall())));
            }
        }
        scan.problems().forEach(problem -> screen.println(screen.red(Printable.line(problem))));
        screen.println(name + conclusion(scan, foreign.size()));
    }

    private static String conclusion(PickleScan scan, int foreign) {
        if (scan.isPlain()) {
            return scan.globals().isEmpty() ? " runs nothing" : " is plain: tensors and plain values need all of it";
        }
        StringJoiner reasons = new StringJoiner(" and ", " is not plain: ", "");
        if (foreign > 0) {
            reasons.add(Sizes.count(foreign, "name") + " that tensors and plain values do not need");
        }
        if (!scan.problems().isEmpty()) {
            reasons.add(Sizes.count(scan.problems().size(), "problem"));
        }
        return reasons.toString();
    }

    private static List<PickleScan.Global> foreign(PickleScan scan) {
        return scan.globals().stream().filter(global -> !global.isPlain()).toList();
    }

    private static String nameOf(PickleScan.Global global) {
        return global.module() + "." + global.name();
    }

    private static String within(PickleScan.Global global) {
        return global.pickle().isEmpty() ? "" : " of " + global.pickle();
    }

    private static Map<String, Object> document(String name, PickleScan scan) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", name);
        document.put("plain", scan.isPlain());
        document.put(
                "globals", scan.globals().stream().map(ScanCommand::members).toList());
        document.put("problems", scan.problems());
        return document;
    }

    private static Map<String, Object> members(PickleScan.Global global) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("module", global.module());
        members.put("name", global.name());
        members.put("pickle", global.pickle());
        members.put("offset", global.offset());
        members.put("calls", global.calls());
        if (global.firstCall() != null) {
            members.put("firstCall", global.firstCall());
        }
        members.put("plain", global.isPlain());
        return members;
    }
}
