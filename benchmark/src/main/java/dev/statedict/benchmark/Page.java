package dev.statedict.benchmark;

import dev.statedict.benchmark.result.PublishedRun;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page about performance, whose table is that of the results which are published beside it. */
final class Page {
    private static final Pattern TABLE =
            Pattern.compile("(?m)^\\| bar \\| ours \\| peer \\| ratio \\|.*\\n(?:\\|.*\\n)*");

    private Page() {}

    /** The page with another table. */
    static String with(PublishedRun run, String page) {
        Matcher table = TABLE.matcher(page);
        if (!table.find()) {
            throw new IllegalArgumentException("the page has no table of bars");
        }
        return table.replaceFirst(Matcher.quoteReplacement(run.markdown()));
    }
}
