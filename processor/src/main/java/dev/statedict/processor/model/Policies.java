package dev.statedict.processor.model;

/**
 * The policies of a module class, after every lookup.
 *
 * @param stateDict what {@code stateDict()} does
 * @param loadStateDict what {@code loadStateDict(map)} does
 */
public record Policies(Policy stateDict, Policy loadStateDict) {}
