package dev.statedict.cli;

import picocli.CommandLine.Mixin;

/** A command that writes checkpoints of what it reads. */
abstract class WritingCommand extends StatedictCommand {
    @Mixin
    final InputOptions inputOptions = new InputOptions();

    @Mixin
    final OutputOptions output = new OutputOptions();

    WritingCommand(Screen screen) {
        super(screen);
    }
}
