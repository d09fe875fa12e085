package dev.statedict.processor.read;

import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** The way up from a class. */
final class Superclasses {
    private Superclasses() {}

    /** The superclass; null above {@code Object}, above an interface, and where the superclass is not known. */
    static @Nullable TypeElement of(TypeElement type) {
        TypeMirror superclass = type.getSuperclass();
        return superclass.getKind() == TypeKind.DECLARED ? (TypeElement) ((DeclaredType) superclass).asElement() : null;
    }
}
