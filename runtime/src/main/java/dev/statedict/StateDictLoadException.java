package dev.statedict;

/**
 * A load that did not happen: the module is as it was, and the message lists everything that does not fit. Only when an
 * after-load hook threw does the load stand; the message says so then, and the report what was applied.
 */
public final class StateDictLoadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final LoadReport report;

    StateDictLoadException(String message, LoadReport report) {
        super(message);
        this.report = report;
    }

    StateDictLoadException(String message, LoadReport report, Throwable cause) {
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
