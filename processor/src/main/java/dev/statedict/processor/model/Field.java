package dev.statedict.processor.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field, as the class declares it.
 *
 * @param owner the class that declares it, for messages
 * @param name its name
 * @param typeText its type as messages write it, for example {@code Set<Tensor>}
 * @param ownClass the full name of its class, or of that of what it holds, where that is one of the user's own and no module
 * @param traits what else matters about it
 * @param access how it is reached when it is private, and how it is set
 * @param place the field
 */
public record Field(
        String owner,
        String name,
        String typeText,
        @Nullable String ownClass,
        Set<FieldTrait> traits,
        Access access,
        Place place) {
    public Field {
        traits = Set.copyOf(traits);
    }
}
