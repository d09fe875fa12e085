package dev.statedict.cli;

import dev.statedict.io.ReadOptions;
import dev.statedict.io.UnreadStateDict;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** A command that writes one file of what it reads in one. */
abstract class CopyingCommand extends WritingCommand {
    @Parameters(index = "0", paramLabel = "IN", description = InputFile.DESCRIPTION)
    private String in = "";

    CopyingCommand(Screen screen) {
        super(screen);
    }

    abstract Path out();

    /** Complains of options, or reads what they name, before the input is opened. */
    abstract void prepare() throws IOException, InputException;

    ReadOptions readOptions() {
        return inputOptions.readOptions();
    }

    /** What is written of what was read, whose file is named in complaints. */
    abstract UnreadStateDict copied(UnreadStateDict dict, String file) throws InputException;

    @Override
    public Integer call() throws IOException, InputException {
        prepare();
        output.require(out());
        try (InputFile input = InputFile.of(in);
                OpenInput open = OpenInput.of(screen, input, readOptions())) {
            output.write(screen, out(), copied(open.dict(), input.name()), open.metadata());
        }
        return 0;
    }
}
