package dev.statedict.json;

import java.io.IOException;

/** A document is no JSON, or not the JSON that its reader expects. */
public final class JsonException extends IOException {
    private static final long serialVersionUID = 1;

    private final long offset;
    private final String problem;

    /**
     * A fault at a place.
     *
     * @param offset the byte at which it shows, counted from the document's base
     * @param problem what is wrong there
     */
    public JsonException(long offset, String problem) {
        super(problem);
        this.offset = offset;
        this.problem = problem;
    }

    /** {@return the byte at which the fault shows, counted from the document's base} */
    public long offset() {
        return offset;
    }

    /** {@return what is wrong there, which is also the message} */
    public String problem() {
        return problem;
    }
}
