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
 * @param bars the bars asked for, none for all
 */
record Options(Path home, Path files, Optional<Path> output, boolean quick, List<String> bars) {
    static Options parse(String... arguments) {
        Path home = Path.of("benchmark");
        boolean quick = false;
        Optional<Path> output = Optional.empty();
        List<String> bars = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--output" -> output = Optional.of(Path.of(value(arguments, ++i)));
                case "--home" -> home = Path.of(value(arguments, ++i));
                default -> bars.add(bar(arguments[i]));
            }
        }
        if (output.isEmpty() && bars.isEmpty() && !quick) {
            output = Optional.of(home.resolve("results.txt"));
        }
        Path files = Path.of(System.getProperty("statedict.benchmark.files", System.getProperty("java.io.tmpdir")));
        return new Options(home, files, output, quick, List.copyOf(bars));
    }

    private static String value(String[] arguments, int index) {
        if (index == arguments.length) {
            throw new IllegalArgumentException(arguments[index - 1] + " wants a path after it");
        }
        return arguments[index];
    }

    private static String bar(String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException(
                    "there is no option " + argument + "; there are --quick, --output and --home");
        }
        return argument;
    }
}
