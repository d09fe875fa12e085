package dev.statedict.processor.model;

import org.jspecify.annotations.Nullable;

/**
 * The methods through which a field can be reached.
 *
 * @param accessor the name of a method that gives the field's value, if there is one
 * @param hiddenAccessor the name of one that is private, where there is no other
 * @param setter the method that sets it, if there is one
 */
public record Access(@Nullable String accessor, @Nullable String hiddenAccessor, Assignment.@Nullable Setter setter) {}
