package dev.statedict.docs;

import dev.statedict.docs.Page.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page as a program. Its classes are compiled as they stand, with the imports that a reader will guess; its statements make one
 * method, so that what one block declares is there in the next; and a block without a language right after statements is what they
 * print.
 */
final class PageProgram {
    private static final String IMPORTS =
            "import dev.statedict.*; import dev.statedict.io.*; import dev.statedict.tensor.*;"
                    + " import java.nio.file.*; import java.util.*; ";
    private static final Pattern TYPE = Pattern.compile(
            "^(?:public |final |abstract |sealed )*(?:class|record|interface|enum) (\\w+)", Pattern.MULTILINE);
    private static final String MARK = "\u0001";

    private final Page page;
    private final List<Block> statements = new ArrayList<>();
    private final List<Block> types = new ArrayList<>();

    PageProgram(Page page) {
        this.page = page;
        for (Block block : page.blocks()) {
            if (block.language().equals("java") && block.file().isEmpty()) {
                (TYPE.matcher(block.text()).find() ? types : statements).add(block);
            }
        }
    }

    boolean isEmpty() {
        return statements.isEmpty() && types.isEmpty();
    }

    /** For each block of statements: what the page says that it prints, and what it does print. */
    record Outcome(List<String> shown, List<String> printed) {}

    Outcome run(Path directory) throws IOException, InterruptedException {
        Javac javac = new Javac(directory);
        for (Block block : types) {
            javac.source(firstType(block) + ".java", lines(block) + IMPORTS + block.text());
        }
        StringBuilder main = new StringBuilder(
                "final class Statements { public static void main(String[] arguments) throws" + " Exception { ");
        for (Block block : statements) {
            main.append("\nSystem.out.print(\"" + MARK + "\");\n").append(block.text());
        }
        javac.source("Statements.java", IMPORTS + main + "} }");
        String said = javac.compile();
        if (!said.isEmpty()) {
            return new Outcome(List.of(), List.of(page.name() + " does not compile:\n" + said));
        }
        String printed = javac.run("Statements", Javac.CLASS_PATH);
        return new Outcome(
                statements.stream()
                        .map(this::output)
                        .map(PageProgram::stripLines)
                        .toList(),
                Arrays.stream(printed.split(MARK, -1))
                        .skip(1)
                        .map(PageProgram::stripLines)
                        .toList());
    }

    private static String stripLines(String text) {
        return text.lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    /** What the page shows right after a block. */
    private String output(Block block) {
        int next = page.blocks().indexOf(block) + 1;
        if (next == page.blocks().size()) {
            return "";
        }
        Block after = page.blocks().get(next);
        int end = block.line() + (int) block.text().lines().count();
        boolean adjacent = after.line() <= end + 3;
        return adjacent && after.language().isEmpty() ? after.text() : "";
    }

    private static String firstType(Block block) {
        var matcher = TYPE.matcher(block.text());
        return matcher.find() ? matcher.group(1) : "Types";
    }

    /** Blank lines before the block's, so that the compiler's line numbers are the page's. */
    private static String lines(Block block) {
        return "\n".repeat(block.line() - 1);
    }
}
