package dev.statedict.processor.read;

import dev.statedict.processor.model.MigrationMethod;
import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.RuntimeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Finds the methods of a class that are called as a migration is. */
final class MigrationReader {
    private static final List<String> STATE = List.of(String.class.getCanonicalName(), RuntimeNames.TENSOR);

    private final ContainerTypes containers;

    MigrationReader(ContainerTypes containers) {
        this.containers = containers;
    }

    List<MigrationMethod> declaredBy(TypeElement type) {
        return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(method -> method.getSimpleName().contentEquals(MigrationMethod.NAME))
                .map(method -> new MigrationMethod(takesState(method), faults(method), Place.of(method)))
                .toList();
    }

    private static boolean takesState(ExecutableElement method) {
        List<? extends VariableElement> parameters = method.getParameters();
        return parameters.size() == 2
                && isNamed(parameters.get(0).asType(), RuntimeNames.STATE_DICT)
                && parameters.get(1).asType().getKind() == TypeKind.INT;
    }

    private List<String> faults(ExecutableElement method) {
        List<String> faults = new ArrayList<>();
        Set<Modifier> modifiers = method.getModifiers();
        if (!modifiers.contains(Modifier.STATIC)) {
            faults.add("is not static");
        }
        if (modifiers.contains(Modifier.PRIVATE)) {
            faults.add("is private");
        }
        if (!takesState(method)) {
            String parameters = method.getParameters().stream()
                    .map(parameter -> TypeText.of(parameter.asType()))
                    .collect(Collectors.joining(", "));
            faults.add("takes " + (parameters.isEmpty() ? "nothing" : parameters));
        }
        if (!isState(method.getReturnType())) {
            faults.add("returns " + TypeText.of(method.getReturnType()));
        }
        String thrown = AccessReader.checkedException(method);
        if (thrown != null) {
            faults.add("throws " + thrown);
        }
        return faults;
    }

    /** Whether it is a {@code Map<String, Tensor>}, such as a {@code StateDict}. */
    private boolean isState(TypeMirror type) {
        ContainerTypes.View view = type.getKind() == TypeKind.DECLARED ? containers.view((DeclaredType) type) : null;
        if (view == null || view.kind() != ContainerTypes.Kind.MAP) {
            return false;
        }
        List<? extends TypeMirror> arguments = view.type().getTypeArguments();
        return arguments.size() == STATE.size()
                && isNamed(arguments.get(0), STATE.get(0))
                && isNamed(arguments.get(1), STATE.get(1));
    }

    private static boolean isNamed(TypeMirror type, String name) {
        return type.getKind() == TypeKind.DECLARED
                && ((TypeElement) ((DeclaredType) type).asElement())
                        .getQualifiedName()
                        .contentEquals(name);
    }
}
