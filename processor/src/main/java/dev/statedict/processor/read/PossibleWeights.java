package dev.statedict.processor.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Finds the fields of a class that could be weights, though nothing says that they are state. */
final class PossibleWeights {
    private final ModuleTypes modules;
    private final ContainerTypes containers;

    PossibleWeights(ModuleTypes modules, ContainerTypes containers) {
        this.modules = modules;
        this.containers = containers;
    }

    /** Those of a class and of its superclasses that are no modules, as messages write them, by name. */
    Map<String, String> of(TypeElement type) {
        Map<String, String> found = new LinkedHashMap<>();
        if (Annotations.suppressStatedict(type)) {
            return found;
        }
        for (TypeElement above = type; above != null; above = Superclasses.of(above)) {
            if (OpenTypes.isOfJava(above) || above != type && modules.isAnnotated(above)) {
                break;
            }
            for (VariableElement field : ElementFilter.fieldsIn(above.getEnclosedElements())) {
                if (!FieldDeclaration.hasRole(field)
                        && FieldDeclaration.mayBeState(field, field)
                        && couldBeWeight(field)) {
                    String name = field.getSimpleName().toString();
                    found.put(name, TypeText.of(field.asType()) + " " + name);
                }
            }
        }
        return found;
    }

    /** A number that never changes is none that is learnt. */
    private boolean couldBeWeight(VariableElement field) {
        TypeMirror type = field.asType();
        return isNumber(type.getKind()) ? !field.getModifiers().contains(Modifier.FINAL) : holdsNumbers(type);
    }

    private boolean holdsNumbers(TypeMirror type) {
        if (isArrayOfNumbers(type)) {
            return true;
        }
        if (type.getKind() == TypeKind.ARRAY) {
            return holdsNumbers(((ArrayType) type).getComponentType());
        }
        if (type.getKind() != TypeKind.DECLARED) {
            return false;
        }
        TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
        if (element.getQualifiedName().toString().matches("java\\.nio\\.\\w+Buffer")) {
            return true;
        }
        ContainerTypes.View view = containers.view((DeclaredType) type);
        if (view != null) {
            List<? extends TypeMirror> arguments = view.type().getTypeArguments();
            return !arguments.isEmpty() && isArrayOfNumbers(arguments.get(arguments.size() - 1));
        }
        return isLikeMatrix(element);
    }

    /** Whether a class, of whatever library, keeps numbers in an array. */
    private boolean isLikeMatrix(TypeElement type) {
        return !OpenTypes.isOfJava(type)
                && !modules.isModule(type)
                && ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
                        .anyMatch(field ->
                                !field.getModifiers().contains(Modifier.STATIC) && isArrayOfNumbers(field.asType()));
    }

    private static boolean isArrayOfNumbers(TypeMirror type) {
        TypeMirror element = type;
        while (element.getKind() == TypeKind.ARRAY) {
            element = ((ArrayType) element).getComponentType();
        }
        return type.getKind() == TypeKind.ARRAY && isNumber(element.getKind());
    }

    private static boolean isNumber(TypeKind kind) {
        return switch (kind) {
            case BYTE, SHORT, INT, LONG, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }
}
