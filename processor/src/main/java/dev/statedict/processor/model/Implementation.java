package dev.statedict.processor.model;

import org.jspecify.annotations.Nullable;

/**
 * What a module class implements, as seen when all interfaces exist.
 *
 * @param name its name
 * @param needed whether it needs its own generated interface
 * @param own whether it implements that
 * @param foreign the qualified name of a generated interface that it implements though it is another class's, if any
 * @param place the class
 */
public record Implementation(
        ModuleName name,
        boolean needed,
        boolean own,
        @Nullable String foreign,
        Place place) {}
