package dev.statedict.processor.read;

import dev.statedict.processor.model.Access;
import dev.statedict.processor.model.Assignment;
import dev.statedict.processor.model.MemberType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Finds the accessors and setters of a class's fields, among the methods that the class itself declares. */
final class AccessReader {
    private static final Set<String> UNCHECKED = Set.of("java.lang.RuntimeException", "java.lang.Error");

    private final TypeElement type;
    private final Types types;
    private final TypeReader typeReader;
    private final Map<String, List<ExecutableElement>> methods = new HashMap<>();

    AccessReader(TypeElement type, Types types, TypeReader typeReader) {
        this.type = type;
        this.types = types;
        this.typeReader = typeReader;
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            Set<Modifier> modifiers = method.getModifiers();
            if (!modifiers.contains(Modifier.STATIC)
                    && method.getTypeParameters().isEmpty()) {
                String name = method.getSimpleName().toString();
                methods.computeIfAbsent(name, none -> new ArrayList<>(1)).add(method);
            }
        }
    }

    Access read(VariableElement field, MemberType type) {
        String accessor = accessor(field, type, false);
        return new Access(
                accessor,
                accessor != null ? null : accessor(field, type, true),
                setter(field.getSimpleName().toString(), field.asType()));
    }

    /** How a member that is a method is reached: by itself, and set by a setter of its name. */
    Access read(ExecutableElement method) {
        return new Access(
                method.getSimpleName().toString(),
                null,
                setter(AnnotatedMethods.nameOf(method), method.getReturnType()));
    }

    /** A method {@code weight()}, {@code getWeight()} or, for a boolean, {@code isWeight()}. */
    private @Nullable String accessor(VariableElement field, MemberType type, boolean hidden) {
        String name = field.getSimpleName().toString();
        List<String> candidates = field.asType().getKind() == TypeKind.BOOLEAN
                ? List.of(name, bean("get", name), bean("is", name))
                : List.of(name, bean("get", name));
        for (String candidate : candidates) {
            for (ExecutableElement method : methods.getOrDefault(candidate, List.of())) {
                if (isPrivate(method) == hidden
                        && method.getParameters().isEmpty()
                        && gives(method.getReturnType(), field.asType(), type)
                        && checkedException(method) == null) {
                    return candidate;
                }
            }
        }
        return null;
    }

    private static boolean isPrivate(ExecutableElement method) {
        return method.getModifiers().contains(Modifier.PRIVATE);
    }

    /** What is assigned must be of the field's type; a container may be given as a more general one. */
    private boolean gives(TypeMirror returned, TypeMirror field, MemberType type) {
        if (type == MemberType.OPEN) {
            return SameType.areSame(returned, field) || isMoreGeneral(returned, field);
        }
        return type.isAssigned()
                ? SameType.areSame(returned, field)
                : typeReader.read(returned) == type && mayBeOne(returned, field);
    }

    /** Whether one object can be of both types; of a type that is being generated any class may be. */
    private boolean mayBeOne(TypeMirror returned, TypeMirror field) {
        return returned.getKind() == TypeKind.ERROR
                || field.getKind() == TypeKind.ERROR
                || types.isAssignable(returned, field)
                || types.isAssignable(field, returned);
    }

    /** {@code Object} is more general than any: {@code Object next()} is no accessor of an iterator {@code next}. */
    private static boolean isMoreGeneral(TypeMirror returned, TypeMirror field) {
        if (returned.getKind() != TypeKind.DECLARED || field.getKind() != TypeKind.DECLARED) {
            return false;
        }
        TypeElement general = (TypeElement) ((DeclaredType) returned).asElement();
        TypeElement special = (TypeElement) ((DeclaredType) field).asElement();
        return !OpenTypes.isObject(general)
                && Superclasses.isSubtype(special, general.getQualifiedName().toString());
    }

    private Assignment.@Nullable Setter setter(String field, TypeMirror fieldType) {
        for (ExecutableElement method : methods.getOrDefault(bean("set", field), List.of())) {
            if (!isPrivate(method)
                    && method.getParameters().size() == 1
                    && SameType.areSame(method.getParameters().get(0).asType(), fieldType)) {
                String name = method.getSimpleName().toString();
                boolean overloaded = fieldType.getKind().isPrimitive() && takesReference(name, type);
                return new Assignment.Setter(name, checkedException(method), overloaded ? fieldType.toString() : null);
            }
        }
        return null;
    }

    /** Whether a class has or inherits a method of that name that takes a reference, to which a number would be boxed. */
    private static boolean takesReference(String name, TypeElement type) {
        boolean declared = ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .anyMatch(method -> method.getSimpleName().contentEquals(name)
                        && method.getParameters().size() == 1
                        && !method.getParameters().get(0).asType().getKind().isPrimitive());
        TypeElement superclass = Superclasses.of(type);
        return declared
                || superclass != null && takesReference(name, superclass)
                || type.getInterfaces().stream()
                        .filter(supertype -> supertype.getKind() == TypeKind.DECLARED)
                        .anyMatch(supertype ->
                                takesReference(name, (TypeElement) ((DeclaredType) supertype).asElement()));
    }

    private static String bean(String prefix, String field) {
        return prefix + Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }

    /** A checked exception that the method declares, as messages write it; null when there is none. */
    static @Nullable String checkedException(ExecutableElement method) {
        for (TypeMirror thrown : method.getThrownTypes()) {
            if (!isUnchecked(thrown)) {
                return TypeText.of(thrown);
            }
        }
        return null;
    }

    private static boolean isUnchecked(TypeMirror thrown) {
        TypeElement above =
                thrown.getKind() == TypeKind.DECLARED ? (TypeElement) ((DeclaredType) thrown).asElement() : null;
        for (; above != null; above = Superclasses.of(above)) {
            if (UNCHECKED.contains(above.getQualifiedName().toString())) {
                return true;
            }
        }
        return false;
    }
}
