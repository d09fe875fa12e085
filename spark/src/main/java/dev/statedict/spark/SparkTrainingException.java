package dev.statedict.spark;

/** A training on a cluster failed. The message says why and what to do; the cause is Spark's own exception. */
public final class SparkTrainingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A failure.
     *
     * @param message why, and what to do
     * @param cause what Spark threw
     */
    public SparkTrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
