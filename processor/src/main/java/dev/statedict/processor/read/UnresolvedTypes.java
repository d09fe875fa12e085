package dev.statedict.processor.read;

import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/**
 * Finds the types that do not exist in this round, and that another processor may generate for the next. The generated
 * interfaces of this round are not among them: they are known to come.
 */
final class UnresolvedTypes extends SimpleTypeVisitor14<Boolean, Void> {
    private final ModuleTypes modules;

    UnresolvedTypes(ModuleTypes modules) {
        super(false);
        this.modules = modules;
    }

    /** Whether the state of a class cannot be told yet, for a superclass or the type of a field is missing. */
    boolean isNeededBy(TypeElement type) {
        for (TypeElement above = type; above != null; above = Superclasses.of(above)) {
            if (above.getSuperclass().getKind() == TypeKind.ERROR) {
                return true;
            }
        }
        return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
                .filter(field -> !field.getModifiers().contains(Modifier.STATIC))
                .map(VariableElement::asType)
                .anyMatch(this::isIn);
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
        return type.getTypeArguments().stream().anyMatch(this::isIn);
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
        // no deeper: a bound may lead back to its own variable
        return type.getUpperBound().getKind() == TypeKind.ERROR;
    }
}
