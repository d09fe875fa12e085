package dev.statedict.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;

/** Writes the script that lets bash and zsh complete subcommands and options; the build runs it. */
final class Completion {
    private Completion() {}

    public static void main(String... arguments) throws IOException {
        Path script = Path.of(arguments[0]);
        Files.createDirectories(script.getParent());
        Files.writeString(script, AutoComplete.bash("statedict", StatedictApplication.commandLine(Screen.ofProcess())));
    }
}
