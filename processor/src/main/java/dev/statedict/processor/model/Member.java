package dev.statedict.processor.model;

import org.jspecify.annotations.Nullable;

/**
 * A field of a module class that is state, or looks as if it were.
 *
 * @param field the field
 * @param type what its type means to state
 * @param declaration what its annotations say that it is
 * @param submodule for a submodule whose very class is known, that class's binary name
 * @param tie what it is declared to be tied to, if anything
 * @param shape the shape that it declares, if any
 * @param history what it says of its past
 */
public record Member(
        Field field,
        MemberType type,
        Declaration declaration,
        @Nullable String submodule,
        @Nullable Tie tie,
        @Nullable DeclaredShape shape,
        MemberHistory history) {
    /** The field as messages name it, {@code Linear.weight}, or the method, {@code Linear.getWeight()}. */
    public String display() {
        return field.owner() + '.' + (is(FieldTrait.METHOD) ? field.access().accessor() + "()" : field.name());
    }

    /** Whether generated code calls a method where it would read a field. */
    public boolean isReadByMethod() {
        return is(FieldTrait.PRIVATE) || is(FieldTrait.METHOD);
    }

    /** What it is to its module. */
    public MemberRole role() {
        return declaration.roles().get(0);
    }

    /** Its key within the module. */
    public String key() {
        return declaration.key();
    }

    public boolean is(FieldTrait trait) {
        return field.traits().contains(trait);
    }

    /** The key of the tensor that the tie speaks of: of a submodule, the tensor with the other's last name. */
    public String tiedKey(Tie tie) {
        String target = tie.target();

        return type.isNested() ? key() + '.' + target.substring(target.lastIndexOf('.') + 1) : key();
    }

    /** Whether it is a member whatever its value is: what is asked at run time may turn out to be none. */
    public boolean isCertain() {
        return type != MemberType.OPEN || declaration.place().annotation() != null;
    }

    /** Whether it may hold a module that generated code cannot ask for. */
    public boolean isUnasked() {
        return (type == MemberType.OPEN || is(FieldTrait.ABSTRACT_ARGUMENT))
                && role() == MemberRole.UNDECLARED
                && !is(FieldTrait.STATIC)
                && !is(FieldTrait.TRANSIENT);
    }

    /** Whether generated code reads the field. */
    public boolean isVisited() {
        return role() != MemberRole.UNDECLARED && declaration.persistent();
    }

    /** Whether loading may have to assign the field. */
    public boolean isAssigned() {
        return isVisited() && type.isAssigned();
    }

    /** Whether loading always assigns the field, under either policy: there is no storage to write into. */
    public boolean isAlwaysAssigned() {
        return isAssigned() && (type == MemberType.PRIMITIVE || role() == MemberRole.EXTRA_STATE);
    }

    /** How generated code can assign the field; null when it cannot. */
    public @Nullable Assignment assignment() {
        // no tensor can take the place of an object of the user's
        if (is(FieldTrait.FINAL) || type == MemberType.AS_TENSOR) {
            return null;
        }
        Assignment setter = field.access().setter();
        if (setter != null) {
            return setter;
        }
        return isReadByMethod() ? null : new Assignment.Field(field.name());
    }
}
