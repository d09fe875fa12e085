package dev.statedict.processor.model;

import org.jspecify.annotations.Nullable;

/**
 * The policies of a module class, after every lookup.
 *
 * @param stateDict what {@code stateDict()} does
 * @param loadStateDict what {@code loadStateDict(map)} does
 * @param loadPlace where the class itself says that; null where it does not
 */
public record Policies(
        Policy stateDict, Policy loadStateDict, @Nullable Place loadPlace) {}
