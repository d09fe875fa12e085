package dev.statedict.processor.read;

import dev.statedict.Stateful;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Tells which classes are modules: annotated ones, their subclasses, and whatever else is {@code Stateful}. The generated
 * interfaces may not exist yet, so the annotation counts as much as the interface. Answers are kept for a round.
 */
final class ModuleTypes {
    private static final String STATEFUL = Stateful.class.getCanonicalName();

    private final Map<String, Boolean> answers = new HashMap<>();

    boolean isModule(TypeElement type) {
        String name = type.getQualifiedName().toString();
        Boolean known = answers.get(name);
        if (known == null) {
            known = name.equals(STATEFUL) || isAnnotated(type) || inherits(type);
            answers.put(name, known);
        }
        return known;
    }

    /** Whether the type itself is annotated. */
    static boolean isAnnotated(TypeElement type) {
        return Annotations.find(type, Annotations.STATE_MODULE) != null;
    }

    /** The nearest superclass that is annotated or inherits the annotation. */
    static @Nullable TypeElement parentOf(TypeElement module) {
        TypeElement superclass = Superclasses.of(module);
        return superclass != null && hasAnnotation(superclass) ? superclass : null;
    }

    private static boolean hasAnnotation(TypeElement type) {
        for (TypeElement above = type; above != null; above = Superclasses.of(above)) {
            if (isAnnotated(above)) {
                return true;
            }
        }
        return false;
    }

    private boolean inherits(TypeElement type) {
        TypeElement superclass = Superclasses.of(type);
        if (superclass != null && isModule(superclass)) {
            return true;
        }
        for (TypeMirror supertype : type.getInterfaces()) {
            if (supertype.getKind() == TypeKind.DECLARED
                    && isModule((TypeElement) ((DeclaredType) supertype).asElement())) {
                return true;
            }
        }
        return false;
    }
}
