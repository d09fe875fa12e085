package dev.statedict.processor.read;

import dev.statedict.processor.model.RuntimeNames;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/**
 * Finds what does not exist in this round, and what another processor may generate for the next. The generated interfaces
 * of this round are not among it: they are known to come.
 */
final class UnresolvedTypes extends SimpleTypeVisitor14<Boolean, Void> {
    private final ModuleTypes modules;
    private final SourceClasses sources;
    private final WrittenAnnotations written;
    // classes and type variables that have been looked through, or are being
    private final Set<Element> seen = new HashSet<>();
    // whether what submodules have matters too
    private boolean deep;

    UnresolvedTypes(ModuleTypes modules, SourceClasses sources, WrittenAnnotations written) {
        super(false);
        this.modules = modules;
        this.sources = sources;
        this.written = written;
    }

    /** Whether the state of a class cannot be told yet, or that of its superclasses, whose keys are its too. */
    boolean isNeededBy(TypeElement type) {
        seen.clear();
        deep = retires(type);
        return hasUnknownSuperclass(type)
                || modules.isAnnotated(type) && hasUnknownInterface(type)
                || isNeededByMembers(type);
    }

    /** Whether a class may turn out to be a module when its superclasses are known. */
    static boolean hasUnknownSuperclass(TypeElement type) {
        for (TypeElement above = type; above != null; above = Superclasses.of(above)) {
            if (above.getSuperclass().getKind() == TypeKind.ERROR) {
                return true;
            }
        }
        return false;
    }

    /** Whether an interface may turn out to override what is generated. */
    private boolean hasUnknownInterface(TypeElement type) {
        Set<TypeElement> found = new HashSet<>();
        for (TypeElement above = type; above != null; above = Superclasses.of(above)) {
            if (hasUnknownInterface(above, found)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasUnknownInterface(TypeElement type, Set<TypeElement> found) {
        return sources.contains(type)
                && type.getInterfaces().stream().anyMatch(above -> switch (above.getKind()) {
                    case ERROR -> !modules.isPending(above);
                    case DECLARED -> {
                        TypeElement element = (TypeElement) ((DeclaredType) above).asElement();
                        yield found.add(element) && hasUnknownInterface(element, found);
                    }
                    default -> false;
                });
    }

    private static boolean retires(TypeElement type) {
        for (TypeElement above = type; above != null; above = Superclasses.of(above)) {
            if (Annotations.find(above, RuntimeNames.RETIRED) != null) {
                return true;
            }
        }
        return false;
    }

    private boolean isNeededByMembers(TypeElement type) {
        for (TypeElement above = type; above != null && sources.contains(above); above = Superclasses.of(above)) {
            boolean unknown = Annotations.areUnresolved(above)
                    || written.areUnresolved(above)
                    || bindsUnknown(above)
                    || ElementFilter.fieldsIn(above.getEnclosedElements()).stream()
                            .anyMatch(this::isNeededBy)
                    || ElementFilter.methodsIn(above.getEnclosedElements()).stream()
                            .anyMatch(this::isNeededBy);
            if (unknown) {
                return true;
            }
        }
        return false;
    }

    private boolean isNeededBy(VariableElement field) {
        return Annotations.areUnresolved(field) || FieldDeclaration.mayBeState(field, field) && isIn(field.asType());
    }

    /** Of other methods it matters alone whether they may suppress what is said of them. */
    private boolean isNeededBy(ExecutableElement method) {
        return Annotations.haveUnresolvedValue(method)
                || AnnotatedMethods.isMember(method) && isIn(method.getReturnType());
    }

    /** Whether the type variables of a superclass stand for what does not exist. */
    private boolean bindsUnknown(TypeElement type) {
        return type.getSuperclass() instanceof DeclaredType superclass
                && superclass.getTypeArguments().stream().anyMatch(this::isIn);
    }

    private boolean isIn(@Nullable TypeMirror type) {
        return type != null && type.accept(this, null);
    }

    @Override
    public Boolean visitError(ErrorType type, Void none) {
        return !modules.isPending(type);
    }

    @Override
    public Boolean visitDeclared(DeclaredType type, Void none) {
        return type.getTypeArguments().stream().anyMatch(this::isIn) || isUnresolved((TypeElement) type.asElement());
    }

    /** Whether it cannot be told what a class is: a module, a container, or neither. */
    private boolean isUnresolved(TypeElement type) {
        if (!sources.contains(type) || !seen.add(type)) {
            return false;
        }
        boolean module = modules.isAnnotated(type);
        if (!module
                && (isIn(type.getSuperclass()) || type.getInterfaces().stream().anyMatch(this::isIn))) {
            return true;
        }
        return module && deep && isNeededByMembers(type);
    }

    @Override
    public Boolean visitArray(ArrayType type, Void none) {
        return isIn(type.getComponentType());
    }

    @Override
    public Boolean visitWildcard(WildcardType type, Void none) {
        return isIn(type.getExtendsBound()) || isIn(type.getSuperBound());
    }

    @Override
    public Boolean visitTypeVariable(TypeVariable type, Void none) {
        return seen.add(type.asElement()) && isIn(type.getUpperBound());
    }

    @Override
    public Boolean visitIntersection(IntersectionType type, Void none) {
        return type.getBounds().stream().anyMatch(this::isIn);
    }
}
