package dev.statedict.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a run of the command printed and how it exited. */
record CommandRun(int exitCode, String out, String err) {
    /** In a pipe. */
    static CommandRun of(String... arguments) {
        return on(false, Screen.ANY_WIDTH, arguments);
    }

    /** On a terminal without colours. */
    static CommandRun onTerminal(int columns, String... arguments) {
        return on(false, columns, arguments);
    }

    /** On a terminal with colours. */
    static CommandRun inColors(String... arguments) {
        return on(true, 80, arguments);
    }

    private static CommandRun on(boolean colors, int columns, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Screen screen = new Screen(new PrintWriter(out), new PrintWriter(err), false, colors, columns);
        int exitCode = StatedictApplication.run(screen, arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
