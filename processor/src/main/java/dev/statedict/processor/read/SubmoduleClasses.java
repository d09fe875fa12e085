package dev.statedict.processor.read;

import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/** Finds the classes of submodules, through the containers that hold them. */
final class SubmoduleClasses {
    /**
     * A submodule's class.
     *
     * @param type the class
     * @param path where a container has it, as a glob on the keys below the container: {@code 0.} for a list's first
     *     element
     * @param listed whether the path is known: a map's keys are not
     */
    record Found(TypeElement type, String path, boolean listed) {
        Found in(String name) {
            return new Found(type, name + '.' + path, listed);
        }

        Found inMap() {
            return new Found(type, path, false);
        }
    }

    private final Search search;

    SubmoduleClasses(ModuleTypes modules, ContainerTypes containers) {
        this.search = new Search(modules, containers);
    }

    /**
     * The submodule's class, when a field's type names it. Of a type variable, a wildcard, an interface or an abstract
     * class it is not known: the module will be of another class, which may have more state.
     */
    @Nullable
    Found find(TypeMirror type) {
        return type.accept(search, null);
    }

    /** The binary name of the submodule's class, when it is known. */
    @Nullable
    String nameOf(TypeMirror type) {
        Found found = find(type);
        return found == null ? null : ClassNames.of(found.type()).binary();
    }

    private static final class Search extends SimpleTypeVisitor14<@Nullable Found, Void> {
        private final ModuleTypes modules;
        private final ContainerTypes containers;

        Search(ModuleTypes modules, ContainerTypes containers) {
            this.modules = modules;
            this.containers = containers;
        }

        @Override
        public @Nullable Found visitArray(ArrayType type, Void none) {
            Found component = type.getComponentType().accept(this, null);
            return component == null ? null : component.in("0");
        }

        @Override
        public @Nullable Found visitDeclared(DeclaredType type, Void none) {
            TypeElement element = (TypeElement) type.asElement();
            if (modules.isAnnotated(element)) {
                boolean instantiable = !element.getModifiers().contains(Modifier.ABSTRACT);
                return instantiable ? new Found(element, "", true) : null;
            }
            ContainerTypes.View view = modules.isModule(element) ? null : containers.view(type);
            return view == null ? null : inContainer(view);
        }

        private @Nullable Found inContainer(ContainerTypes.View view) {
            List<? extends TypeMirror> arguments = view.type().getTypeArguments();
            if (arguments.isEmpty()) {
                return null;
            }
            Found held = arguments.get(arguments.size() - 1).accept(this, null);
            if (held == null) {
                return null;
            }
            return switch (view.kind()) {
                case LIST -> held.in("0");
                case MAP -> held.inMap();
                case OPTIONAL -> held;
                case COLLECTION -> null;
            };
        }
    }
}
