package dev.statedict.processor.model;

/**
 * A method that takes the place of the accessor through which a superclass's private member is read.
 *
 * @param method the method as messages name it: {@code Sub.getWeight()}
 * @param member the superclass's member
 * @param place the method
 */
public record AccessorOverride(String method, Member member, Place place) {}
