package dev.statedict.processor.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The interface that is to be generated for a module class; the class's name tells its name.
 *
 * @param rival another module whose interface has the same name, if any
 * @param exists whether a class of the interface's name exists that was not generated
 * @param hidesJavaLang whether the package has classes of its own called like those of {@code java.lang} that it names
 * @param suppressedWarnings the warnings that generated code cannot avoid
 */
public record StateInterface(
        @Nullable ModuleName rival, boolean exists, boolean hidesJavaLang, List<String> suppressedWarnings) {
    public StateInterface {
        suppressedWarnings = List.copyOf(suppressedWarnings);
    }

    /** Whether its name is free. */
    public boolean canBeGenerated() {
        return rival == null && !exists;
    }
}
