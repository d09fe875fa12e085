package dev.statedict.load;

import dev.statedict.Stateful;
import dev.statedict.load.AssignmentSlots.Slot;
import dev.statedict.load.Match.TensorMatch;
import dev.statedict.load.Targets.Target;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plans to re-point the module's members at the given tensors (PyTorch's {@code assign=True}). Members that were tied
 * all get the tensor of the last key in module order, so that the tie holds afterwards.
 */
final class AliasPlan {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private final AssignmentSlots slots;
    private final Plan plan;
    private final List<Problem> problems = new ArrayList<>();

    private AliasPlan(AssignmentSlots slots, Plan plan) {
        this.slots = slots;
        this.plan = plan;
    }

    /** Adds the writes to the plan; what stands in their way is returned. */
    static List<Problem> plan(Targets targets, Ties ties, AssignmentSlots slots, Plan plan) {
        AliasPlan loading = new AliasPlan(slots, plan);
        for (Target target : targets.targets()) {
            if (target instanceof Target.OfTensor place) {
                TensorMatch winner = ties.winner(place.current());
                if (winner != null) {
                    loading.assign(place, winner.given());
                }
            }
        }
        return loading.problems;
    }

    private void assign(Target.OfTensor target, Tensor given) {
        Object container = target.holder();
        if (container instanceof Stateful owner) {
            assignField(target, owner, given);
        } else if (container instanceof Tensor[] array) {
            plan.replace(target.key(), array, Integer.parseInt(target.name()), given);
        } else if (container instanceof List<?> list) {
            int index = Integer.parseInt(target.name());
            assignElement(target, given, tensor -> untyped(list).set(index, tensor), () -> list.get(index));
        } else if (container instanceof Map<?, ?> map) {
            assignElement(
                    target, given, tensor -> untyped(map).put(target.name(), tensor), () -> map.get(target.name()));
        }
    }

    private void assignField(Target.OfTensor target, Stateful owner, Tensor given) {
        Slot slot = slots.find(owner, target.name());
        if (slot == null) {
            problems.add(new Problem.Unassignable(target.key()));
        } else if (slot.current() instanceof Tensor) {
            plan.assign(target.key(), slot, given);
        } else if (slot.current() instanceof Optional<?>) {
            plan.assign(target.key(), slot, Optional.of(given));
        } else if (slot.current() != null && slot.current().getClass().isArray()) {
            assignArray(target, given, slot, slot.current().getClass());
        } else {
            problems.add(Problem.WrongSlot.of(target.key(), "a tensor", slot.current()));
        }
    }

    private void assignArray(Target.OfTensor target, Tensor given, Slot slot, Class<?> type) {
        Object array = type.getComponentType().isArray() ? TENSORS.wholeRows(given) : TENSORS.wholeArray(given);
        if (array != null && array.getClass() == type) {
            plan.assign(target.key(), slot, array);
        } else {
            problems.add(new Problem.NotAWholeArray(target.key(), given));
        }
    }

    private void assignElement(
            Target.OfTensor target,
            Tensor given,
            Consumer<@Nullable Object> write,
            Supplier<? extends @Nullable Object> read) {
        try {
            // an unmodifiable container refuses even what it holds already
            write.accept(target.current());
            plan.replace(target.key(), write, read, given, target.current());
        } catch (UnsupportedOperationException refusal) {
            problems.add(new Problem.Unassignable(target.key()));
        } catch (RuntimeException other) {
            problems.add(new Problem.FailingContainer(target.key(), other));
        }
    }

    // the traversal was given a container of tensors
    @SuppressWarnings("unchecked")
    private static List<@Nullable Object> untyped(List<?> list) {
        return (List<@Nullable Object>) list;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> untyped(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }
}
