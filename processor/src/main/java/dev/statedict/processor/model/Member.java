package dev.statedict.processor.model;

import java.util.Set;

/**
 * A field of a module class that is state, or looks as if it were.
 *
 * @param field the field's name
 * @param key its key within the module
 * @param role what it is to the module's state
 * @param type its type, as far as that matters
 * @param typeText its type as messages write it, for example {@code Set<Tensor>}
 * @param persistent whether it belongs to the state dict
 * @param traits what else matters about the field
 * @param place the field
 * @param declaration the annotation that declares it, or the field where there is none
 */
public record Member(
        String field,
        String key,
        MemberRole role,
        MemberType type,
        String typeText,
        boolean persistent,
        Set<FieldTrait> traits,
        Place place,
        Place declaration) {
    /** Copies the set. */
    public Member {
        traits = Set.copyOf(traits);
    }

    /**
     * Whether the field has a trait.
     *
     * @param trait the trait
     * @return true when it has
     */
    public boolean is(FieldTrait trait) {
        return traits.contains(trait);
    }

    /**
     * Whether loading can write the field itself.
     *
     * @return false for a final field and for a record component
     */
    public boolean assignable() {
        return !is(FieldTrait.FINAL);
    }
}
