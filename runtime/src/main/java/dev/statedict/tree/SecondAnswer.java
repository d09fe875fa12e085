package dev.statedict.tree;

import dev.statedict.Role;
import dev.statedict.StateAssigner;
import dev.statedict.StateMigration;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is told the members of one module once more, to find those that it makes anew each time. What counts are the innermost
 * arrays: a list may be wrapped, or a view be made, as often as one likes.
 */
final class SecondAnswer extends MemberKinds {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /** How two answers differ; the later is the worse. */
    enum Difference {
        NONE,
        /** The same arrays lie in different containers or modules. */
        HOLDER,
        /** The arrays differ. */
        ELEMENTS;

        Difference or(Difference other) {
            return compareTo(other) < 0 ? other : this;
        }
    }

    private final Map<String, Object> answers = new HashMap<>();

    private SecondAnswer() {}

    static SecondAnswer of(ModulePath at, Stateful module) {
        SecondAnswer answer = new SecondAnswer();
        try {
            module.visitState(answer);
        } catch (RuntimeException thrown) {
            throw answer.ofAccessor(at, thrown);
        }
        return answer;
    }

    /** How what is told now differs from what was told first. What is absent now is not compared. */
    Difference differenceTo(String name, Object first) {
        return between(first, answers.get(name));
    }

    private static Difference between(@Nullable Object first, @Nullable Object second) {
        if (first instanceof Tensor tensor && second instanceof Tensor other) {
            boolean same = tensor.numel() == 0 || other.numel() == 0 || tensor.sharesStorageWith(other);
            return same ? Difference.NONE : Difference.ELEMENTS;
        }
        if (first != null && isOfPrimitives(first) && second != null && isOfPrimitives(second)) {
            boolean same = first == second || TENSORS.isEmpty(first) || TENSORS.isEmpty(second);
            return same ? Difference.NONE : Difference.ELEMENTS;
        }
        if (first instanceof Stateful one && second instanceof Stateful other) {
            return one == other ? Difference.NONE : betweenModules(one, other);
        }
        if (first instanceof TensorContainer tensors && second instanceof TensorContainer other) {
            Difference holder = tensors.container() == other.container() ? Difference.NONE : Difference.HOLDER;
            return holder.or(betweenElements(tensors.container(), other.container()));
        }
        if (first instanceof Asked asked && second instanceof Asked other) {
            return betweenElements(asked.container(), other.container());
        }
        return first == null || second == null ? Difference.NONE : betweenElements(first, second);
    }

    private static boolean isOfPrimitives(@Nullable Object value) {
        return value != null && value.getClass().isArray() && !(value instanceof Object[]);
    }

    /** Whether it is an array, or an array of arrays, in the end of primitives. */
    private static boolean isRows(@Nullable Object value) {
        Class<?> element = value == null ? Object.class : value.getClass();
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.isPrimitive();
    }

    private static Difference betweenElements(Object first, Object second) {
        Difference difference = Difference.NONE;
        if (first instanceof List<?> list && second instanceof List<?> others) {
            Iterator<?> other = others.iterator();
            for (Iterator<?> each = list.iterator(); each.hasNext() && other.hasNext(); ) {
                difference = difference.or(betweenHeld(each.next(), other.next()));
            }
        } else if (first instanceof Object[] array && second instanceof Object[] others) {
            for (int i = 0; i < Math.min(array.length, others.length); i++) {
                difference = difference.or(betweenHeld(array[i], others[i]));
            }
        } else if (first instanceof Map<?, ?> map && second instanceof Map<?, ?> others) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                difference = difference.or(betweenHeld(entry.getValue(), others.get(entry.getKey())));
            }
        } else if (first instanceof Optional<?> optional && second instanceof Optional<?> other) {
            difference = betweenHeld(optional.orElse(null), other.orElse(null));
        }
        return difference;
    }

    /** What holds no state is passed by: it may contain itself. */
    private static Difference betweenHeld(@Nullable Object first, @Nullable Object second) {
        return isRows(first) || first instanceof Tensor || ModuleSearch.isOrHoldsModule(first)
                ? between(first, second)
                : Difference.NONE;
    }

    private static Difference betweenModules(Stateful first, Stateful second) {
        Storages one = Storages.of(first);
        Storages other = Storages.of(second);
        Difference difference = one.assigned ? Difference.ELEMENTS : Difference.HOLDER;
        for (Map.Entry<String, Tensor> entry : one.tensors.entrySet()) {
            difference = difference.or(between(entry.getValue(), other.tensors.get(entry.getKey())));
        }
        return difference;
    }

    /** The tensors in and below a module. */
    private static final class Storages extends Traversal {
        final Map<String, Tensor> tensors = new HashMap<>();
        // whether there is anything without storage, which is assigned in the very module
        boolean assigned;

        static Storages of(Stateful module) {
            Storages storages = new Storages();
            storages.walk(module);
            return storages;
        }

        @Override
        protected void tensor(ModulePath module, String name, Role role, Tensor value) {
            tensors.put(module.key(name), value);
        }

        @Override
        protected void primitive(ModulePath module, String name, Role role, Object value) {
            assigned = true;
        }

        @Override
        protected void extraState(ModulePath module, Class<?> type, @Nullable Object value) {
            assigned = true;
        }
    }

    private void answer(String name, Object value) {
        takeAccessor(name);
        answers.put(name, value);
    }

    @Override
    protected void parameterTensor(String name, Tensor value) {
        answer(name, value);
    }

    @Override
    protected void parameterArray(String name, Object value) {
        answer(name, value);
    }

    @Override
    protected void parameterPrimitive(String name, Object value) {
        answer(name, value);
    }

    @Override
    protected void anyBuffer(String name, Object value) {
        answer(name, value);
    }

    @Override
    protected void child(String name, Stateful module) {
        answer(name, module);
    }

    @Override
    protected void anyChild(String name, Object value) {
        answer(name, value);
    }

    @Override
    protected void anyExtraState(Class<?> type, @Nullable Object value) {
        takeAccessor(StateAssigner.EXTRA_STATE);
    }

    @Override
    public void fields(Stateful visited) {}

    @Override
    public void fieldsInOrder(Stateful visited, Class<?> type) {}

    @Override
    public void tiedTo(String name, String other) {}

    @Override
    public void version(int version) {}

    @Override
    public void version(int version, StateMigration migration) {}

    @Override
    public void formerly(String name, String oldName) {}

    @Override
    public void retired(String pattern) {}

    @Override
    public void addedIn(String name, int version) {}

    @Override
    public void shape(String name, String... sizes) {}
}
