package dev.statedict.cli;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Standard output cannot be written: nobody reads it any more, or its disk is full. */
final class OutputException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    private final boolean pipeClosed;

    OutputException(IOException cause) {
        super("cannot write to standard output: " + cause.getMessage() + "; write it elsewhere", cause);
        this.pipeClosed = String.valueOf(cause.getMessage()).contains("pipe");
    }

    /** The JDK tells it by the system's text alone, in English: "Broken pipe", on Windows "The pipe is being closed". */
    boolean isPipeClosed() {
        return pipeClosed;
    }
}
