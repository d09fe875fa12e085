package dev.statedict.processor.read;

import dev.statedict.processor.model.RuntimeNames;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * The methods that an annotation makes members. A method and a field of one name are one member: a record's annotation
 * reaches the accessor too (JLS 9.7.4), and an accessor may bear what its field does not.
 */
final class AnnotatedMethods {
    private static final Set<String> ANNOTATIONS = Set.of(RuntimeNames.PARAMETER, RuntimeNames.BUFFER);
    private static final String GETTER = "get";

    private final List<ExecutableElement> methods;
    private final List<VariableElement> fields;

    private AnnotatedMethods(TypeElement type) {
        this.methods = ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(AnnotatedMethods::isMember)
                .toList();
        this.fields = methods.isEmpty() ? List.of() : ElementFilter.fieldsIn(type.getEnclosedElements());
    }

    static AnnotatedMethods of(TypeElement type) {
        return new AnnotatedMethods(type);
    }

    static boolean isMember(Element method) {
        return method.getAnnotationMirrors().stream()
                .anyMatch(annotation -> ANNOTATIONS.contains(Annotations.nameOf(annotation)));
    }

    /** The name of a method, of a getter what it gets. */
    static String nameOf(ExecutableElement method) {
        String name = method.getSimpleName().toString();
        boolean getter = name.length() > GETTER.length()
                && name.startsWith(GETTER)
                && Character.isUpperCase(name.charAt(GETTER.length()));
        return getter
                ? Character.toLowerCase(name.charAt(GETTER.length())) + name.substring(GETTER.length() + 1)
                : name;
    }

    /** The method that shows a field; null when there is none. */
    @Nullable
    ExecutableElement showing(VariableElement field) {
        for (ExecutableElement method : methods) {
            if (shows(method, field)) {
                return method;
            }
        }
        return null;
    }

    /** Whether a field is read instead of the method: one that is annotated too, or is just what the method returns. */
    boolean isOfField(ExecutableElement method) {
        return fields.stream()
                .anyMatch(field -> shows(method, field)
                        && (isMember(field) || SameType.areSame(method.getReturnType(), field.asType())));
    }

    private static boolean shows(ExecutableElement method, VariableElement field) {
        return method.getParameters().isEmpty()
                && !field.getModifiers().contains(Modifier.STATIC)
                && (field.getSimpleName().equals(method.getSimpleName())
                        || field.getSimpleName().contentEquals(nameOf(method)));
    }
}
