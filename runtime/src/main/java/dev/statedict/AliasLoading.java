package dev.statedict;

import dev.statedict.AssignmentSlots.Slot;
import dev.statedict.LoadMatch.TensorMatch;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans to re-point the module's members at the given tensors (PyTorch's {@code assign=True}). Members that were tied
 * all get the tensor of the last key in module order, so that the tie holds afterwards.
 */
final class AliasLoading {
    private final AssignmentSlots slots;
    private final LoadPlan plan;
    private final List<String> unassignable = new ArrayList<>();
    private final List<LoadProblem> problems = new ArrayList<>();

    private AliasLoading(AssignmentSlots slots, LoadPlan plan) {
        this.slots = slots;
        this.plan = plan;
    }

    /** Adds the writes to the plan; what stands in their way is returned. */
    static List<LoadProblem> plan(TieResolution ties, LoadTargets targets, AssignmentSlots slots, LoadPlan plan) {
        AliasLoading loading = new AliasLoading(slots, plan);
        for (LoadTarget target : targets.targets()) {
            if (target instanceof LoadTarget.OfTensor place) {
                TensorMatch winner = ties.winner(place.current());
                if (winner != null) {
                    loading.assign(place, winner.given());
                }
            }
        }
        if (!loading.unassignable.isEmpty()) {
            loading.problems.add(new LoadProblem.Unassignable(List.copyOf(loading.unassignable)));
        }
        return loading.problems;
    }

    private void assign(LoadTarget.OfTensor target, Tensor given) {
        Object container = target.container();
        if (container == null) {
            assignField(target, given);
        } else if (container instanceof Tensor[] array) {
            plan.replace(array, Integer.parseInt(target.name()), given);
        } else if (container instanceof List<?> list) {
            assignElement(target, given, untyped(list));
        } else {
            assignValue(target, given, untyped((Map<?, ?>) container));
        }
    }

    private void assignField(LoadTarget.OfTensor target, Tensor given) {
        Slot slot = slots.find(target);
        if (slot == null) {
            unassignable.add(target.key());
        } else if (slot.current() instanceof Tensor) {
            plan.assign(target.key(), slot, given);
        } else if (slot.current() instanceof Optional<?>) {
            plan.assign(target.key(), slot, Optional.of(given));
        } else if (slot.current() instanceof float[]) {
            assignArray(target, given, slot);
        } else {
            problems.add(LoadProblem.WrongSlot.of(target.key(), "a tensor", slot.current()));
        }
    }

    private void assignArray(LoadTarget.OfTensor target, Tensor given, Slot slot) {
        boolean whole = given.isContiguous() && given.storageOffset() == 0 && given.numel() == given.storage().length;
        if (whole) {
            plan.assign(target.key(), slot, given.storage());
        } else {
            problems.add(new LoadProblem.NotAWholeArray(
                    target.key(), given.shape(), given.storageOffset(), given.storage().length));
        }
    }

    private void assignElement(LoadTarget.OfTensor target, Tensor given, List<@Nullable Tensor> list) {
        int index = Integer.parseInt(target.name());
        try {
            // an unmodifiable list refuses even what it holds already
            list.set(index, target.current());
        } catch (UnsupportedOperationException refusal) {
            unassignable.add(target.key());
            return;
        }
        plan.replace(target.key(), tensor -> list.set(index, tensor), given, target.current());
    }

    private void assignValue(LoadTarget.OfTensor target, Tensor given, Map<String, @Nullable Tensor> map) {
        String key = target.name();
        try {
            map.put(key, target.current());
        } catch (UnsupportedOperationException refusal) {
            unassignable.add(target.key());
            return;
        }
        plan.replace(target.key(), tensor -> map.put(key, tensor), given, target.current());
    }

    // the traversal was given a container of tensors
    @SuppressWarnings("unchecked")
    private static List<@Nullable Tensor> untyped(List<?> list) {
        return (List<@Nullable Tensor>) list;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Tensor> untyped(Map<?, ?> map) {
        return (Map<String, @Nullable Tensor>) map;
    }
}
