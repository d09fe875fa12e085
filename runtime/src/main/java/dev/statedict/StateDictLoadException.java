package dev.statedict;

/**
 * A load that did not happen: the module is as it was, and the message lists everything that does not fit. Only when an
 * after-load hook threw does the load stand; the message says so then, and the report what was applied.
 */
public final class StateDictLoadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final LoadReport report;

    /**
     * A load that did not happen, for tests of code that catches it, and for loads of one's own.
     *
     * @param message everything that does not fit
     * @param report the same as data
     */
    public StateDictLoadException(String message, LoadReport report) {
        super(message);
        this.report = report;
    }

    /**
     * A load that did not happen because something threw.
     *
     * @param message everything that does not fit
     * @param report the same as data
     * @param cause what was thrown
     */
    public StateDictLoadException(String message, LoadReport report, Throwable cause) {
        super(message, cause);
        this.report = report;
    }

    /**
     * The same as the message, as data, and uncut.
     *
     * @return what was missing, unexpected and so on; nothing was applied, unless an after-load hook threw
     */
    public LoadReport report() {
        return report;
    }
}
