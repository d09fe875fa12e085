package dev.statedict.processor.model;

import java.util.Set;

/**
 * A field, as the class declares it.
 *
 * @param owner the class that declares it, for messages
 * @param name its name
 * @param typeText its type as messages write it, for example {@code Set<Tensor>}
 * @param traits what else matters about it
 * @param access how it is reached when it is private, and how it is set
 * @param place the field
 */
public record Field(String owner, String name, String typeText, Set<FieldTrait> traits, Access access, Place place) {
    public Field {
        traits = Set.copyOf(traits);
    }
}
