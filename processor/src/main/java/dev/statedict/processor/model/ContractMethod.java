package dev.statedict.processor.model;

/**
 * A method that has the signature of one of {@code Stateful}'s.
 *
 * @param owner the class that declares it, for messages
 * @param signature for example {@code stateDict(Policy)}
 * @param place the method
 */
public record ContractMethod(String owner, String signature, Place place) {}
