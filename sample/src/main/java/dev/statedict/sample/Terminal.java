package dev.statedict.sample;

import java.io.Console;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/** Whether someone is watching. */
final class Terminal {
    private Terminal() {}

    /**
     * Whether input and output are a terminal that can move its cursor. Until Java 21 there is a console just then; from
     * Java 22 on there may always be one, and it says whether it is a terminal.
     */
    static boolean isAttached() {
        Console console = System.console();
        return console != null && !"dumb".equals(System.getenv("TERM")) && isTerminal(console);
    }

    /** How wide it is; what is read otherwise is laid out as on most. */
    static int columns() {
        return isAttached() ? new ConsoleProgressBarConsumer(System.err).getMaxRenderedLength() : 80;
    }

    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true; // before Java 22
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
