package dev.statedict.processor.model;

/**
 * A key that a member had in the past.
 *
 * @param key the key, within the module
 * @param place where it is written
 */
public record FormerKey(String key, Place place) {}
