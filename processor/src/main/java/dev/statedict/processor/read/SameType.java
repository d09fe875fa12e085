package dev.statedict.processor.read;

import java.util.List;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two types are one, with their arguments and whatever annotations stand on them. To the compiler, annotated
 * types are others, a wildcard is the same as none, and a type that does not exist is the same as any.
 */
final class SameType extends SimpleTypeVisitor14<Boolean, TypeMirror> {
    private static final SameType INSTANCE = new SameType();

    private SameType() {}

    static boolean areSame(@Nullable TypeMirror one, @Nullable TypeMirror other) {
        return one == null || other == null
                ? one == other
                : one.getKind() == other.getKind() && one.accept(INSTANCE, other);
    }

    @Override
    public Boolean visitDeclared(DeclaredType type, TypeMirror other) {
        DeclaredType declared = (DeclaredType) other;
        List<? extends TypeMirror> arguments = type.getTypeArguments();
        List<? extends TypeMirror> others = declared.getTypeArguments();
        if (!type.asElement().equals(declared.asElement()) || arguments.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (!areSame(arguments.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Boolean visitArray(ArrayType type, TypeMirror other) {
        return areSame(type.getComponentType(), ((ArrayType) other).getComponentType());
    }

    @Override
    public Boolean visitWildcard(WildcardType type, TypeMirror other) {
        WildcardType wildcard = (WildcardType) other;
        return areSame(type.getExtendsBound(), wildcard.getExtendsBound())
                && areSame(type.getSuperBound(), wildcard.getSuperBound());
    }

    @Override
    public Boolean visitTypeVariable(TypeVariable type, TypeMirror other) {
        return type.asElement().equals(((TypeVariable) other).asElement());
    }

    /** Primitive types are of one kind each; of the rest, texts tell most. */
    @Override
    protected Boolean defaultAction(TypeMirror type, TypeMirror other) {
        return type.getKind().isPrimitive() || type.toString().equals(other.toString());
    }
}
