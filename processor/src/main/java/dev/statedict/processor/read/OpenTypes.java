package dev.statedict.processor.read;

import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/** Tells which types do not tell whether their values are modules. */
final class OpenTypes {
    private static final Set<String> ABOUT = Set.of("java.lang.Class", "java.util.Comparator");

    // a class may be a list of itself
    private static final int DEEPEST = 16;

    private final ContainerTypes containers;
    private final SourceClasses sources;
    private final Abstraction abstraction = new Abstraction();

    OpenTypes(ContainerTypes containers, SourceClasses sources) {
        this.containers = containers;
        this.sources = sources;
    }

    /** Whether a module may be of a class that is none itself, or whose supertypes do not exist yet. */
    static boolean mayHoldModule(TypeElement type) {
        return switch (type.getKind()) {
            case INTERFACE -> !type.getQualifiedName().contentEquals("java.util.Comparator");
            case CLASS -> isObject(type) || isOpen(type) && !isOfJava(type) || lacksSupertype(type);
            default -> false;
        };
    }

    private static boolean isOpen(TypeElement type) {
        return !type.getModifiers().contains(Modifier.FINAL);
    }

    static boolean isObject(TypeElement type) {
        return type.getQualifiedName().contentEquals("java.lang.Object");
    }

    /** Java's own classes are values and machinery; what modules have in common is told by its interfaces. */
    static boolean isOfJava(TypeElement type) {
        String name = type.getQualifiedName().toString();
        return name.startsWith("java.") || name.startsWith("javax.");
    }

    /** Whether what a type is about is not in it. */
    static boolean holdsNothing(TypeElement type) {
        String name = type.getQualifiedName().toString();
        return ABOUT.contains(name) || name.startsWith("java.util.function.");
    }

    private static boolean lacksSupertype(TypeElement type) {
        for (TypeElement above = type; above != null; above = Superclasses.of(above)) {
            if (above.getSuperclass().getKind() == TypeKind.ERROR
                    || above.getInterfaces().stream().anyMatch(each -> each.getKind() == TypeKind.ERROR)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a type that does not tell is one class that is no container: then its value need be asked for a module alone.
     * The value of an interface's type may well be a list too, and one of a sealed or final class cannot be asked.
     */
    boolean isSingleClass(TypeMirror type) {
        if (type.getKind() != TypeKind.DECLARED) {
            return false;
        }
        TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
        Set<Modifier> modifiers = element.getModifiers();
        return element.getKind() == ElementKind.CLASS
                && !isOfJava(element)
                && !modifiers.contains(Modifier.FINAL)
                && !modifiers.contains(Modifier.SEALED)
                && containers.view((DeclaredType) type) == null;
    }

    /**
     * Whether a type, or that of what its containers hold, is an interface, an abstract class or a type variable of the
     * sources: then its values are of other classes, which may well be modules.
     */
    boolean isAbstract(TypeMirror type) {
        return type.accept(abstraction, DEEPEST);
    }

    /**
     * Whether such a type is among the type arguments of a class that is no container, in which nothing is asked: that an
     * interface has one tells less of what it holds.
     */
    boolean hasAbstractArgument(TypeMirror type) {
        return hasAbstractArgument(type, DEEPEST);
    }

    private boolean hasAbstractArgument(@Nullable TypeMirror type, int depth) {
        if (type == null || depth == 0) {
            return false;
        }
        return switch (type.getKind()) {
            case ARRAY -> hasAbstractArgument(((ArrayType) type).getComponentType(), depth - 1);
            case WILDCARD -> hasAbstractArgument(((WildcardType) type).getExtendsBound(), depth - 1);
            case DECLARED -> {
                DeclaredType declared = (DeclaredType) type;
                ContainerTypes.View view = containers.view(declared);
                TypeElement element = (TypeElement) declared.asElement();
                boolean hides = view == null && element.getKind().isClass() && !holdsNothing(element);
                List<? extends TypeMirror> arguments = (view == null ? declared : view.type()).getTypeArguments();
                yield arguments.stream()
                        .anyMatch(
                                argument -> hides && isAbstract(argument) || hasAbstractArgument(argument, depth - 1));
            }
            default -> false;
        };
    }

    /** The full name of a class of the user's own, which a type is or its containers hold; null where it is none. */
    @Nullable
    String ownClass(TypeMirror type) {
        TypeMirror held = type;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (held.getKind() == TypeKind.ARRAY) {
                held = ((ArrayType) held).getComponentType();
            } else if (held.getKind() == TypeKind.DECLARED) {
                DeclaredType declared = (DeclaredType) held;
                ContainerTypes.View view = containers.view(declared);
                TypeElement element = (TypeElement) declared.asElement();
                if (view == null) {
                    return sources.contains(element)
                            ? element.getQualifiedName().toString()
                            : null;
                }
                List<? extends TypeMirror> arguments = view.type().getTypeArguments();
                if (arguments.isEmpty()) {
                    return null;
                }
                held = arguments.get(arguments.size() - 1);
            } else {
                return null;
            }
        }
        return null;
    }

    private final class Abstraction extends SimpleTypeVisitor14<Boolean, Integer> {
        Abstraction() {
            super(false);
        }

        @Override
        public Boolean visitArray(ArrayType type, Integer depth) {
            return type.getComponentType().accept(this, depth - 1);
        }

        @Override
        public Boolean visitTypeVariable(TypeVariable type, Integer depth) {
            return type.asElement() instanceof TypeParameterElement parameter
                    && parameter.getGenericElement() instanceof TypeElement generic
                    && sources.contains(generic);
        }

        @Override
        public Boolean visitWildcard(WildcardType type, Integer depth) {
            return type.getExtendsBound() != null && type.getExtendsBound().accept(this, depth - 1);
        }

        @Override
        public Boolean visitDeclared(DeclaredType type, Integer depth) {
            ContainerTypes.View view = containers.view(type);
            if (view != null) {
                List<? extends TypeMirror> arguments = view.type().getTypeArguments();
                return depth > 0
                        && !arguments.isEmpty()
                        && arguments.get(arguments.size() - 1).accept(this, depth - 1);
            }
            TypeElement element = (TypeElement) type.asElement();
            return element.getModifiers().contains(Modifier.ABSTRACT) && sources.contains(element);
        }
    }
}
