package dev.statedict.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page of Markdown, and the blocks of code in it.
 *
 * @param name its path from the root of the checkout
 */
record Page(String name, List<Block> blocks) {
    /**
     * A block between fences, or hidden in a comment.
     *
     * @param language what stands behind the opening fence or bracket, or nothing
     * @param file the path above it, if it is a whole file
     * @param line of its first line in the page
     */
    record Block(String language, String file, String text, int line) {}

    /**
     * A fenced block, under the path of a file or not; or a comment, which readers of the page do not see: of Java, of what
     * stands for the next line of dots, or the word that another program begins.
     */
    private static final Pattern BLOCK = Pattern.compile(
            "^(?:`([^`\\n]+)`:\\n)?```(\\w*)\\n(.*?)^```$|^<!-- (java|dots|program) ?\\n?(.*?)-->$",
            Pattern.MULTILINE | Pattern.DOTALL);

    static Page read(String name) {
        String text = text(name);
        List<Block> blocks = BLOCK.matcher(text)
                .results()
                .map(match -> {
                    boolean hidden = match.group(4) != null;
                    int start = match.start(hidden ? 5 : 3);
                    return new Block(
                            match.group(hidden ? 4 : 2),
                            match.group(1) == null ? "" : match.group(1),
                            match.group(hidden ? 5 : 3),
                            1
                                    + (int) text.substring(0, start)
                                            .chars()
                                            .filter(c -> c == '\n')
                                            .count());
                })
                .toList();
        return new Page(name, blocks);
    }

    /** The whole text of a page. */
    static String text(String name) {
        try {
            return Files.readString(Path.of("..", name)).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
