package dev.statedict.processor.read;

import dev.statedict.processor.model.MessageTypes;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;

/** Types as a message writes them: simple names, no annotations. One that is called as those that the messages speak of is named in full. */
final class TypeText extends SimpleTypeVisitor14<String, Void> {
    private static final TypeText INSTANCE = new TypeText();

    private TypeText() {}

    static String of(TypeMirror type) {
        return type.accept(INSTANCE, null);
    }

    @Override
    public String visitDeclared(DeclaredType type, Void none) {
        TypeElement element = (TypeElement) type.asElement();
        String simple = element.getSimpleName().toString();
        String full = element.getQualifiedName().toString();
        String name = MessageTypes.isNamesake(simple, full) && !full.isEmpty() ? full : simple;
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
