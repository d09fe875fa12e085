package dev.statedict.processor.model;

import java.util.List;

/**
 * What a field's annotations, or else its type, make of it.
 *
 * @param roles what it is to its module; more than one when annotations contradict each other
 * @param key its key within the module
 * @param persistent false for a buffer that belongs to no state dict
 * @param place the annotation that makes it state, or the field where there is none
 * @param keyPlace where the key is written, or else the same
 */
public record Declaration(List<MemberRole> roles, String key, boolean persistent, Place place, Place keyPlace) {
    public Declaration {
        roles = List.copyOf(roles);
    }
}
