package dev.statedict.cli;

import dev.statedict.cli.Screen.OutputException;
import dev.statedict.io.CheckpointFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong, in one line on standard error. */
final class Complaint {
    static final int EXIT_CODE = 2;

    /** Shows where an error of our own came from. */
    private static final String TRACE = "STATEDICT_TRACE";

    private Complaint() {}

    static int print(PrintWriter err, Throwable thrown) {
        if (System.getenv(TRACE) != null) {
            thrown.printStackTrace(err);
        }
        return print(err, describe(thrown));
    }

    static int print(PrintWriter err, String message) {
        err.print("statedict: " + Printable.line(InputFile.named(message)) + "\n");
        err.flush();
        return EXIT_CODE;
    }

    private static String describe(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof InputException || thrown instanceof OutputException) {
            return message;
        }
        if (thrown instanceof CheckpointFormatException) {
            return message.contains("; ") ? message : message + "; fetch or save the file anew";
        }
        if (thrown instanceof NoSuchFileException missing) {
            return "no such file: " + missing.getFile() + "; check the path";
        }
        if (thrown instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile() + "; ask its owner, or give another path";
        }
        if (thrown instanceof FileSystemException failed) {
            return failed.getFile() + ": " + failed.getReason() + "; give another path";
        }
        if (InputFile.isUrl(message)) {
            return message.contains("; ") ? message : message + "; check the address and the connection";
        }
        if (thrown instanceof IOException) {
            return message + "; check the path and the disk";
        }
        if (thrown instanceof IllegalArgumentException) {
            return message; // the runtime's own, which say what to do
        }
        if (thrown instanceof OutOfMemoryError) {
            return "too little memory; give Java more: JAVA_OPTS=-Xmx8g statedict ..., or java -Xmx8g -jar ...";
        }
        return "an error of its own, " + thrown + "; please report it, with what " + TRACE + "=1 shows";
    }
}
