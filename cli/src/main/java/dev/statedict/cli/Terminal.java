package dev.statedict.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Whether someone is watching, and on how many columns. */
final class Terminal {
    private static final int CUSTOMARY_COLUMNS = 80;

    private Terminal() {}

    /**
     * Whether input and output are a terminal. Until Java 21 there is a console just then; from Java 22 on there may always
     * be one, and it says whether it is a terminal.
     */
    static boolean isAttached() {
        Console console = System.console();
        return console != null && !"dumb".equals(System.getenv("TERM")) && isTerminal(console);
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

    /** As the system's {@code stty} tells it, which takes two milliseconds; the JDK cannot ask. */
    static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            int columns = Integer.parseInt(size.strip().split(" ", -1)[1]);
            return columns > 0 ? columns : CUSTOMARY_COLUMNS;
        } catch (IOException | RuntimeException noSuchThing) {
            return CUSTOMARY_COLUMNS;
        }
    }
}
