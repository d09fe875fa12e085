package dev.statedict.processor.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field of a module class that is state, or looks as if it were.
 *
 * @param owner the class that declares it, for messages
 * @param field the field's name
 * @param key its key within the module
 * @param roles what its annotations, or else its type, make of it; more than one when they contradict each other
 * @param type its type, as far as that matters
 * @param typeText its type as messages write it, for example {@code Set<Tensor>}
 * @param persistent false for a buffer that belongs to no state dict
 * @param traits what else matters about the field
 * @param access how it is reached when it is private, and how it is set
 * @param tie what it is declared to be tied to, if anything
 * @param history what it says of its past
 * @param shape the shape that it declares, if any
 * @param submodule for a submodule whose very class is known, that class's binary name
 * @param place the field
 * @param declaration the annotation that makes it state, or the field where there is none
 * @param keyPlace where the key is written
 */
public record Member(
        String owner,
        String field,
        String key,
        List<MemberRole> roles,
        MemberType type,
        String typeText,
        boolean persistent,
        Set<FieldTrait> traits,
        Access access,
        @Nullable Tie tie,
        MemberHistory history,
        @Nullable DeclaredShape shape,
        @Nullable String submodule,
        Place place,
        Place declaration,
        Place keyPlace) {
    public Member {
        roles = List.copyOf(roles);
        traits = Set.copyOf(traits);
    }

    /** The field as messages name it: {@code Linear.weight}. */
    public String display() {
        return owner + '.' + field;
    }

    public MemberRole role() {
        return roles.get(0);
    }

    public boolean is(FieldTrait trait) {
        return traits.contains(trait);
    }

    /** The key of the tensor that the tie speaks of: of a submodule, the tensor with the other's last name. */
    public String tiedKey(Tie tie) {
        String target = tie.target();

        return type.isNested() ? key + '.' + target.substring(target.lastIndexOf('.') + 1) : key;
    }

    /** Whether generated code reads the field. */
    public boolean isVisited() {
        return role() != MemberRole.UNDECLARED && persistent;
    }

    /** Whether loading may have to assign the field. */
    public boolean isAssigned() {
        return isVisited() && type.isAssigned();
    }

    /** Whether loading always assigns the field, under either policy: there is no storage to write into. */
    public boolean isAlwaysAssigned() {
        return isAssigned() && (type == MemberType.COUNTER || role() == MemberRole.EXTRA_STATE);
    }

    /** How generated code can assign the field; null when it cannot. */
    public @Nullable Assignment assignment() {
        if (is(FieldTrait.FINAL)) {
            return null;
        }
        if (access.setter() != null) {
            return access.setter();
        }
        return is(FieldTrait.PRIVATE) ? null : new Assignment.Field(field);
    }
}
