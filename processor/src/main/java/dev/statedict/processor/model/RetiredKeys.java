package dev.statedict.processor.model;

/**
 * Keys that a module class has no more.
 *
 * @param owner the class that says so, for messages
 * @param glob a glob on keys as seen from the module
 * @param place where it is written
 */
public record RetiredKeys(String owner, String glob, Place place) {}
