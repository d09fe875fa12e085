package dev.statedict.processor.read;

import dev.statedict.processor.model.RuntimeNames;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Tells which classes are modules: annotated ones, their subclasses, and whatever else is {@code Stateful}. The annotation
 * counts as much as the interface, for the generated interfaces do not exist yet. What it learns of a class it keeps for
 * the round.
 */
final class ModuleTypes {
    private final InterfaceNames interfaces;
    private final Map<TypeElement, Boolean> modules = new HashMap<>();
    private final Map<TypeElement, Boolean> annotated = new HashMap<>();
    private final Map<TypeElement, Boolean> asTensors = new HashMap<>();

    ModuleTypes(InterfaceNames interfaces) {
        this.interfaces = interfaces;
    }

    /** Whether a type that does not exist is one that this round generates. */
    boolean isPending(TypeMirror unknown) {
        return interfaces.isClaimed(
                ((DeclaredType) unknown).asElement().getSimpleName().toString());
    }

    /** Whether the class is a module, annotated or written by hand. */
    boolean isModule(TypeElement type) {
        Boolean known = modules.get(type);
        if (known == null) {
            known = type.getQualifiedName().contentEquals(RuntimeNames.STATEFUL)
                    || isAnnotated(type)
                    || inheritsState(type);
            modules.put(type, known);
        }
        return known;
    }

    /** Whether values of the class are seen as tensors. */
    boolean isAsTensor(TypeElement type) {
        Boolean known = asTensors.get(type);
        if (known == null) {
            TypeElement superclass = Superclasses.of(type);
            known = type.getQualifiedName().contentEquals(RuntimeNames.AS_TENSOR)
                    || superclass != null && isAsTensor(superclass)
                    || type.getInterfaces().stream()
                            .anyMatch(each -> each.getKind() == TypeKind.DECLARED
                                    && isAsTensor((TypeElement) ((DeclaredType) each).asElement()));
            asTensors.put(type, known);
        }
        return known;
    }

    /** Whether the class is annotated, or inherits the annotation. */
    boolean isAnnotated(TypeElement type) {
        Boolean known = annotated.get(type);
        if (known == null) {
            TypeElement superclass = Superclasses.of(type);
            known = Annotations.find(type, RuntimeNames.STATE_MODULE) != null
                    || superclass != null && isAnnotated(superclass);
            annotated.put(type, known);
        }
        return known;
    }

    /** The superclass, when it is an annotated module. */
    @Nullable
    TypeElement parentOf(TypeElement module) {
        TypeElement superclass = Superclasses.of(module);
        return superclass != null && isAnnotated(superclass) ? superclass : null;
    }

    private boolean inheritsState(TypeElement type) {
        TypeElement superclass = Superclasses.of(type);
        return superclass != null && isModule(superclass)
                || type.getInterfaces().stream().anyMatch(this::isStatefulInterface);
    }

    private boolean isStatefulInterface(TypeMirror type) {
        return type.getKind() == TypeKind.ERROR
                ? isPending(type)
                : isModule((TypeElement) ((DeclaredType) type).asElement());
    }
}
