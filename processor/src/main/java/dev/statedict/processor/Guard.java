package dev.statedict.processor;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.Place;
import java.util.Arrays;

/** The last resort: a fault of the processor's own ends in one error that says where, and not in a stack trace. */
final class Guard {
    private static final String OWN_CLASSES = Guard.class.getPackageName() + '.';

    private final ProblemReporter reporter;

    Guard(ProblemReporter reporter) {
        this.reporter = reporter;
    }

    /** Does what is to be done for a class. */
    void run(ModuleName name, Place place, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            if (isOfTheCompiler(e)) {
                throw e;
            }
            reporter.report(Diagnostic.PROCESSOR_FAULT.at(place, name.display(), describe(e)));
        }
    }

    /** A compiler's own exceptions are its way to stop, or to tell of a class file that is missing. */
    private static boolean isOfTheCompiler(Throwable thrown) {
        String name = thrown.getClass().getName();
        return !name.startsWith("java.") && !name.startsWith(OWN_CLASSES);
    }

    /** What was thrown, and in which line of ours: {@code java.lang.NullPointerException: ... in Checks.java:60}. */
    private static String describe(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OWN_CLASSES))
                .findFirst()
                .map(frame -> thrown + " in " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse(thrown.toString());
    }
}
