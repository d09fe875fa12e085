package dev.statedict.processor.model;

import java.util.List;

/**
 * A method called {@code migrate} of a module class.
 *
 * @param takesState whether its parameters are those of a migration
 * @param faults what else keeps generated code from calling it, for messages: {@code is private}
 * @param place the method
 */
public record MigrationMethod(boolean takesState, List<String> faults, Place place) {
    /** The name. */
    public static final String NAME = "migrate";

    public MigrationMethod {
        faults = List.copyOf(faults);
    }

    /** Whether generated code can refer to it. */
    public boolean isCallable() {
        return takesState && faults.isEmpty();
    }
}
