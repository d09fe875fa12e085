package dev.statedict.processor.read;

import java.util.stream.Collectors;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;

/** Types as a message writes them: simple names, no annotations. */
final class TypeText extends SimpleTypeVisitor14<String, Void> {
    private static final TypeText INSTANCE = new TypeText();

    private TypeText() {}

    static String of(TypeMirror type) {
        return type.accept(INSTANCE, null);
    }

    @Override
    public String visitDeclared(DeclaredType type, Void none) {
        String name = type.asElement().getSimpleName().toString();
        return type.getTypeArguments().isEmpty()
                ? name
                : type.getTypeArguments().stream().map(TypeText::of).collect(Collectors.joining(", ", name + "<", ">"));
    }

    @Override
    public String visitArray(ArrayType type, Void none) {
        return of(type.getComponentType()) + "[]";
    }

    @Override
    public String visitWildcard(WildcardType type, Void none) {
        TypeMirror upper = type.getExtendsBound();
        TypeMirror lower = type.getSuperBound();
        return upper != null ? "? extends " + of(upper) : lower != null ? "? super " + of(lower) : "?";
    }

    @Override
    protected String defaultAction(TypeMirror type, Void none) {
        return type.toString();
    }
}
