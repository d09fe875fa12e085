package dev.statedict.docs;

import dev.statedict.docs.Page.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page, or a part of one, as a program. Its classes are compiled as they stand, with the imports that a reader will guess; its
 * statements make one method, so that what one block declares is there in the next; and a block without a language right after
 * statements is what they print. A line of dots stands for what a comment before it holds, or for nothing.
 */
final class PageProgram {
    private static final String IMPORTS =
            "import dev.statedict.*; import dev.statedict.arithmetic.*; import dev.statedict.evaluation.*;"
                    + " import dev.statedict.inspect.*; import dev.statedict.io.*; import dev.statedict.tensor.*;"
                    + " import java.io.*; import java.net.URI; import java.nio.file.*; import java.security.KeyPair;"
                    + " import java.security.KeyPairGenerator; import java.util.*; import java.util.concurrent.locks.*;"
                    + " import org.junit.jupiter.api.Test; ";
    private static final Pattern TYPE =
            Pattern.compile("^(?:final |abstract |sealed )*(?:class|record|interface|enum) \\w+", Pattern.MULTILINE);
    private static final Pattern DOTS = Pattern.compile("^ *\\.\\.\\.$", Pattern.MULTILINE);
    private static final String MARK = "\u0001";

    private final Page page;
    private final List<Block> statements = new ArrayList<>();
    private final List<Block> types = new ArrayList<>();
    private final Map<Block, String> code = new HashMap<>();

    private PageProgram(Page page) {
        this.page = page;
    }

    /** The programs of a page: one, unless it says that another begins. */
    static List<PageProgram> of(Page page) {
        List<PageProgram> programs = new ArrayList<>(List.of(new PageProgram(page)));
        Deque<String> dots = new ArrayDeque<>();
        for (Block block : page.blocks()) {
            if (block.language().equals("program")) {
                programs.add(new PageProgram(page));
            } else if (block.language().equals("dots")) {
                dots.add(block.text().stripTrailing());
            } else if (block.language().equals("java") && block.file().isEmpty()) {
                programs.get(programs.size() - 1).add(block, dots);
            }
        }
        return programs.stream().filter(program -> !program.code.isEmpty()).toList();
    }

    private void add(Block block, Deque<String> dots) {
        String text = DOTS.matcher(block.text().replaceAll("(?m)^public ", ""))
                .replaceAll(match -> Matcher.quoteReplacement(dots.isEmpty() ? "" : dots.remove()));
        boolean test = text.startsWith("@Test");
        boolean type = test || TYPE.matcher(text).find();
        (type ? types : statements).add(block);
        code.put(block, test ? "class Tests" + block.line() + " { " + text + "}" : text);
    }

    /** What the page says that its statements print, block by block, and what they do print. */
    record Outcome(List<String> shown, List<String> printed) {}

    Outcome run(Path directory) throws IOException, InterruptedException {
        Javac javac = new Javac(directory);
        for (Block block : types) {
            // blank lines, so that the compiler's line numbers are the page's
            javac.source("Types" + block.line() + ".java", "\n".repeat(block.line() - 1) + IMPORTS + code.get(block));
        }
        StringBuilder main = new StringBuilder(IMPORTS + "final class Statements {"
                + " @SuppressWarnings(\"all\") public static void main(String[] arguments) throws Exception {");
        for (Block block : statements) {
            main.append("\nSystem.out.print(\"" + MARK + "\");\n").append(code.get(block));
        }
        String said = javac.source("Statements.java", main + "} }").compile();
        if (said.contains("error: ")) {
            return new Outcome(List.of(), List.of(page.name() + " does not compile:\n" + said));
        }
        String printed = javac.run("Statements", Javac.CLASS_PATH);
        String[] parts = printed.split(MARK, -1);
        if (parts.length != statements.size() + 1 || printed.contains("Exception in thread")) {
            return new Outcome(List.of(), List.of(page.name() + " ends early:\n" + printed));
        }
        List<String> shown = new ArrayList<>();
        List<String> prints = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            String output = stripLines(output(statements.get(i)));
            if (!output.isEmpty()) {
                shown.add(output);
                prints.add(stripLines(parts[i + 1]));
            }
        }
        return new Outcome(shown, prints);
    }

    private static String stripLines(String text) {
        return text.lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    /** What the page shows right after a block, or nothing. */
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
}
