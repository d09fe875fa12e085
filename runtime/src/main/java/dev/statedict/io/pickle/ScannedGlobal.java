package dev.statedict.io.pickle;

import org.jspecify.annotations.Nullable;

/** A name that an instruction of a pickle looks up, and what the pickle calls it with. */
public final class ScannedGlobal {
    private final long offset;
    private final String module;
    private final String name;
    private long calls;
    private @Nullable String firstCall;

    ScannedGlobal(long offset, String module, String name) {
        this.offset = offset;
        this.module = module;
        this.name = name;
    }

    void called(String arguments) {
        calls++;
        if (firstCall == null) {
            firstCall = this + arguments;
        }
    }

    /** {@return where the instruction begins} */
    public long offset() {
        return offset;
    }

    /** {@return the Python module} */
    public String module() {
        return module;
    }

    /** {@return the name in it} */
    public String name() {
        return name;
    }

    /** {@return how often the pickle calls it} */
    public long calls() {
        return calls;
    }

    /** {@return the first call, cut when it is long; null when there is none} */
    public @Nullable String firstCall() {
        return firstCall;
    }

    @Override
    public String toString() {
        return module.isEmpty() ? name : module + "." + name;
    }
}
