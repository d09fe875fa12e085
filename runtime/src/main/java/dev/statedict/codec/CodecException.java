package dev.statedict.codec;

import java.io.InvalidObjectException;
import java.util.Locale;

/** Bytes break a rule of the format, or end too early. */
public final class CodecException extends InvalidObjectException {
    private static final long serialVersionUID = 1;

    /**
     * A broken rule.
     *
     * @param problem the place and the rule
     */
    public CodecException(String problem) {
        super(problem);
    }

    static CodecException of(String pattern, Object... arguments) {
        return new CodecException(String.format(Locale.ROOT, pattern, arguments));
    }
}
