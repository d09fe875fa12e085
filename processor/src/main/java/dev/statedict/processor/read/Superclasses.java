package dev.statedict.processor.read;

import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** The way up from a class. */
final class Superclasses {
    private Superclasses() {}

    /** Whether a class is a subtype of the class or interface of that name, as far as its supertypes are known. */
    static boolean isSubtype(TypeElement type, String name) {
        if (type.getQualifiedName().contentEquals(name)) {
            return true;
        }
        TypeElement superclass = of(type);
        return superclass != null && isSubtype(superclass, name)
                || type.getInterfaces().stream()
                        .anyMatch(each -> each.getKind() == TypeKind.DECLARED
                                && isSubtype((TypeElement) ((DeclaredType) each).asElement(), name));
    }

    /** The superclass; null above {@code Object}, above an interface, and where the superclass is not known. */
    static @Nullable TypeElement of(TypeElement type) {
        TypeMirror superclass = type.getSuperclass();
        return superclass.getKind() == TypeKind.DECLARED ? (TypeElement) ((DeclaredType) superclass).asElement() : null;
    }
}
