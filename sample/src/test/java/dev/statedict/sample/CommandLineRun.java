package dev.statedict.sample;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a run of the command line printed and how it exited. */
record CommandLineRun(int exitCode, String out, String err) {
    static CommandLineRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = SampleApplication.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }
}
