package dev.statedict.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints.
 *
 * @param out what was asked for
 * @param err what is wrong
 * @param isTerminal whether someone is watching
 * @param colors whether to colour
 * @param columns how wide lines may be
 */
record Screen(PrintWriter out, PrintWriter err, boolean isTerminal, boolean colors, int columns) {
    /** What lines in a pipe or file may be. */
    static final int ANY_WIDTH = Integer.MAX_VALUE;

    /** The screen of this process; UTF-8, for so are keys. */
    static Screen ofProcess() {
        boolean terminal = Terminal.isAttached();
        Writer stdout = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8), 1 << 16);
        return new Screen(
                new PrintWriter(new Failing(stdout)),
                new PrintWriter(
                        new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8), true),
                terminal,
                terminal && System.getenv("NO_COLOR") == null,
                terminal ? Terminal.columns() : ANY_WIDTH);
    }

    /** A line, ended by {@code \n} everywhere: what is printed is the same on every system. */
    void println(String line) {
        out.print(line);
        out.print('\n');
    }

    /** What a person should know and a program that reads the output need not. */
    void note(String line) {
        err.print("statedict: " + Printable.line(line) + "\n");
        err.flush();
    }

    String bold(String text) {
        return colored(text, "1");
    }

    String red(String text) {
        return colored(text, "31");
    }

    String green(String text) {
        return colored(text, "32");
    }

    String yellow(String text) {
        return colored(text, "33");
    }

    private String colored(String text, String code) {
        return colors && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** A {@link PrintWriter} swallows what its writer throws; a command should end when nobody reads. */
    private static final class Failing extends Writer {
        private final Writer target;

        Failing(Writer target) {
            this.target = target;
        }

        @Override
        public void write(char[] buffer, int offset, int length) {
            try {
                target.write(buffer, offset, length);
            } catch (IOException failed) {
                throw new OutputException(failed);
            }
        }

        @Override
        public void flush() {
            try {
                target.flush();
            } catch (IOException failed) {
                throw new OutputException(failed);
            }
        }

        @Override
        public void close() {
            flush();
        }
    }

    /** Standard output cannot be written: nobody reads it any more, or its disk is full. */
    static final class OutputException extends UncheckedIOException {
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
}
