package dev.statedict.cli;

import dev.statedict.io.ReadOptions;
import picocli.CommandLine.Option;

/** How a file is read whole: what every command that writes another understands. */
final class InputOptions {
    @Option(
            names = "--skip-foreign",
            description =
                    "Leaves out what is neither a tensor of Java's nor a plain value: objects of Python, complex tensors.")
    private boolean skipForeign;

    ReadOptions readOptions() {
        return skipForeign ? ReadOptions.defaults().skipForeign() : ReadOptions.defaults();
    }
}
