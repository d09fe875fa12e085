package dev.statedict.io.file;

import java.io.IOException;
import java.util.Locale;

/** A file breaks a rule of its format. Says place and rule; who opened the file adds its name. */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * A broken rule.
     *
     * @param problem the place and the rule, with both numbers
     */
    public FormatException(String problem) {
        super(problem);
    }

    /**
     * A broken rule.
     *
     * @param pattern the place and the rule, as for {@link String#format}; <code>%,d</code> for numbers
     * @param arguments the numbers and names
     * @return the exception
     */
    public static FormatException of(String pattern, Object... arguments) {
        return new FormatException(String.format(Locale.ROOT, pattern, arguments));
    }
}
