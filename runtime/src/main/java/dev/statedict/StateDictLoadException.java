package dev.statedict;

/** A load that did not happen: the module is as it was. The message lists everything that does not fit. */
public final class StateDictLoadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient LoadReport report;

    StateDictLoadException(String message, LoadReport report) {
        super(message);
        this.report = report;
    }

    StateDictLoadException(String message, LoadReport report, Throwable cause) {
        super(message, cause);
        this.report = report;
    }

    /**
     * The same as the message, as data.
     *
     * @return what was missing, unexpected and so on; nothing was applied
     */
    public LoadReport report() {
        return report;
    }
}
