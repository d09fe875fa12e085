package dev.statedict.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line.
 *
 * @param home the folder that the script for PyTorch lies in
 * @param files where files are written that are measured
 * @param output where the results go beside the screen, if anywhere
 * @param quick whether one short reading of each is enough
 * @param growth whether bars are measured at ten times the size too
 * @param merged the results of two runs that are to be held against each other, or none
 * @param page whether the page is to show the results that are published
 * @param bars the bars asked for, none for all
 */
record Options(
        Path home,
        Path files,
        Optional<Path> output,
        boolean quick,
        boolean growth,
        List<Path> merged,
        boolean page,
        List<String> bars) {
    static Options parse(String... arguments) {
        Path home = Path.of("benchmark");
        boolean quick = false;
        boolean growth = true;
        boolean page = false;
        Optional<Path> output = Optional.empty();
        List<Path> merged = List.of();
        List<String> bars = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--no-growth" -> growth = false;
                case "--page" -> page = true;
                case "--output" -> output = Optional.of(Path.of(value(arguments, "a path", ++i)));
                case "--home" -> home = Path.of(value(arguments, "a path", ++i));
                case "--merge" -> {
                    merged = List.of(
                            Path.of(value(arguments, "two files", i + 1)),
                            Path.of(value(arguments, "two files", i + 2)));
                    i += 2;
                }
                default -> bars.add(bar(arguments[i]));
            }
        }
        if (output.isEmpty() && bars.isEmpty() && !quick) {
            output = Optional.of(home.resolve("results.txt"));
        }
        Path files = Path.of(System.getProperty("statedict.benchmark.files", System.getProperty("java.io.tmpdir")));
        return new Options(home, files, output, quick, growth, merged, page, List.copyOf(bars));
    }

    private static String value(String[] arguments, String wanted, int index) {
        if (index >= arguments.length) {
            int option = arguments.length - 1;
            while (!arguments[option].startsWith("--")) {
                option--;
            }
            throw new IllegalArgumentException(arguments[option] + " wants " + wanted + " after it");
        }
        return arguments[index];
    }

    private static String bar(String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("there is no option " + argument
                    + "; there are --quick, --no-growth, --output, --merge, --page and --home");
        }
        return argument;
    }
}
