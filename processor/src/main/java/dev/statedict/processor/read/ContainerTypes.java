package dev.statedict.processor.read;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Tells which classes are containers, and of what. What it learns of a class it keeps for the round. */
final class ContainerTypes {
    /** What a container may be seen as; a list is seen as a list before it is seen as a collection. */
    enum Kind {
        LIST("java.util.List"),
        MAP("java.util.Map"),
        OPTIONAL("java.util.Optional"),
        COLLECTION("java.util.Collection");

        private final String type;

        Kind(String type) {
            this.type = type;
        }
    }

    /**
     * A type seen as a container.
     *
     * @param kind what it is seen as
     * @param type that type, with the arguments that the container gives it
     */
    record View(Kind kind, DeclaredType type) {}

    private final Types types;
    private final Map<TypeElement, Set<Kind>> kinds = new HashMap<>();

    ContainerTypes(Types types) {
        this.types = types;
    }

    /** The type as a container; null when it is none. */
    @Nullable
    View view(DeclaredType type) {
        Set<Kind> all = kindsOf(elementOf(type));
        if (all.isEmpty()) {
            return null;
        }
        Kind kind = all.iterator().next();
        DeclaredType seen = type;
        while (!elementOf(seen).getQualifiedName().contentEquals(kind.type)) {
            seen = stepTowards(kind, seen);
        }
        return new View(kind, seen);
    }

    private DeclaredType stepTowards(Kind kind, DeclaredType type) {
        for (TypeMirror supertype : types.directSupertypes(type)) {
            if (supertype.getKind() == TypeKind.DECLARED
                    && kindsOf(elementOf((DeclaredType) supertype)).contains(kind)) {
                return (DeclaredType) supertype;
            }
        }
        throw new IllegalStateException(type + " is a " + kind.type + ", but none of its supertypes is");
    }

    private Set<Kind> kindsOf(TypeElement type) {
        Set<Kind> known = kinds.get(type);
        if (known == null) {
            known = findKinds(type);
            kinds.put(type, known);
        }
        return known;
    }

    private Set<Kind> findKinds(TypeElement type) {
        Set<Kind> found = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (type.getQualifiedName().contentEquals(kind.type)) {
                found.add(kind);
            }
        }
        TypeElement superclass = Superclasses.of(type);
        if (superclass != null) {
            found.addAll(kindsOf(superclass));
        }
        for (TypeMirror supertype : type.getInterfaces()) {
            if (supertype.getKind() == TypeKind.DECLARED) {
                found.addAll(kindsOf(elementOf((DeclaredType) supertype)));
            }
        }
        return found;
    }

    private static TypeElement elementOf(DeclaredType type) {
        return (TypeElement) type.asElement();
    }
}
