package dev.statedict.tree;

import dev.statedict.Role;
import dev.statedict.Stateful;
import dev.statedict.tensor.AsTensor;
import dev.statedict.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of a walk that is in containers: what lies in lists, arrays, maps and optionals, at any depth. */
final class ContainerWalk {
    private final Traversal walk;

    ContainerWalk(Traversal walk) {
        this.walk = walk;
    }

    /** A container at any depth; {@code role} is that of its tensors, or null where it holds modules. */
    void walk(ModulePath at, @Nullable Role role, Object container) {
        walk.descend(at, container);
        if (container instanceof List<?> list) {
            int index = 0;
            for (Object element : list) {
                element(at, Integer.toString(index++), role, element, container);
            }
        } else if (container instanceof Object[] array) {
            for (int index = 0; index < array.length; index++) {
                element(at, Integer.toString(index), role, array[index], container);
            }
        } else if (container instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : KeyOrder.of(map).entrySet()) {
                element(at, ContainerKeys.checked(at, entry.getKey()), role, entry.getValue(), container);
            }
        } else {
            throw new IllegalArgumentException("\"" + at + "\" holds a "
                    + container.getClass().getName()
                    + ", which is neither a module nor a List, array, Map or Optional of"
                    + " modules");
        }
        walk.ascend();
    }

    private void element(ModulePath at, String name, @Nullable Role role, @Nullable Object element, Object container) {
        if (role == null) {
            walk.flushChild(at, name, element);
        } else if (element instanceof Tensor tensor) {
            walk.element(at, name, role, tensor, container);
        } else if (element instanceof AsTensor other) {
            Tensor tensor = Objects.requireNonNull(SeenTensor.of(at.key(name), other));
            walk.lookAgain(at, name, other, tensor);
            walk.element(at, name, role, tensor, container);
        } else if (element != null && element.getClass().isArray()) {
            walk.element(at, name, role, TreeListener.wrap(at, name, element), container);
        } else if (element != null && PrimitiveType.isBoxed(element)) {
            walk.primitiveElement(at, name, role == Role.BUFFER ? Role.COUNTER : role, element, container);
        } else if (element != null) {
            throw SeenTensor.none(at.key(name), element);
        }
    }

    /** Finds the modules in a value that may be anything. */
    void ask(ModulePath at, String name, @Nullable Object value) {
        if (value instanceof Stateful module) {
            walk.module(walk.childOf(at, name), module);
        } else if (value instanceof Optional<?> optional) {
            ask(at, name, optional.orElse(null));
        } else if (value != null && ModuleSearch.holdsModule(value)) {
            askContainer(walk.childOf(at, name), value);
        }
    }

    private void askContainer(ModulePath at, Object container) {
        walk.descend(at, container);
        if (container instanceof List<?> list) {
            int index = 0;
            for (Object element : list) {
                ask(at, Integer.toString(index++), element);
            }
        } else if (container instanceof Object[] array) {
            for (int index = 0; index < array.length; index++) {
                ask(at, Integer.toString(index), array[index]);
            }
        } else if (container instanceof Map<?, ?> map) {
            ContainerKeys.modules(at, map).forEach((name, value) -> ask(at, name, value));
        } else {
            throw ContainerKeys.nameless(at, container instanceof Set ? "a Set" : "a collection");
        }
        walk.ascend();
    }
}
