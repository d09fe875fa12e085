package dev.statedict.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What all commands have in common: where they print, the help, and how that looks. */
@Command(
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        footerHeading = "%nExamples:%n")
abstract class StatedictCommand implements Callable<Integer> {
    final Screen screen;

    @Mixin
    private final HelpOption help = new HelpOption();

    StatedictCommand(Screen screen) {
        this.screen = screen;
    }
}
