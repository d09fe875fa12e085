package dev.statedict.processor.model;

/**
 * What {@code @TiedTo} says.
 *
 * @param target the other tensor's key, within the module
 * @param place the annotation's value
 */
public record Tie(String target, Place place) {}
