package dev.statedict.load;

import dev.statedict.Stateful;
import dev.statedict.load.AssignmentSlots.Slot;
import dev.statedict.load.Match.TensorMatch;
import dev.statedict.load.Targets.Target;
import dev.statedict.tensor.AsTensor;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        } else {
            ContainerElement element = new ContainerElement(container, target.name());
            Object adopted = adopted(target, given, element.current());
            if (adopted != null) {
                Problem problem = element.replace(target.key(), adopted, new Problem.Unassignable(target.key()), plan);
                if (problem != null) {
                    problems.add(problem);
                }
            }
        }
    }

    private void assignField(Target.OfTensor target, Stateful owner, Tensor given) {
        Slot slot = slots.find(owner, target.name());
        if (slot == null) {
            problems.add(new Problem.Unassignable(target.key()));
            return;
        }
        boolean optional = slot.current() instanceof Optional<?>;
        Object current = slot.current() instanceof Optional<?> value ? value.orElse(null) : slot.current();
        if (!(current instanceof Tensor || current instanceof AsTensor || isArray(current))) {
            problems.add(Problem.WrongSlot.of(target.key(), "a tensor", slot.current()));
            return;
        }
        Object adopted = adopted(target, given, current);
        if (adopted != null) {
            plan.assign(target.key(), slot, optional ? Optional.of(adopted) : adopted);
        }
    }

    private static boolean isArray(@Nullable Object value) {
        return value != null && value.getClass().isArray();
    }

    /**
     * What takes the place of a value that is a tensor, or is seen as one: of the same type, on the given tensor's storage.
     * Null where nothing can, which is then a problem.
     */
    private @Nullable Object adopted(Target.OfTensor target, Tensor given, @Nullable Object current) {
        if (current instanceof Tensor) {
            return given;
        }
        if (!isArray(current)) {
            problems.add(new Problem.Unassignable(target.key()));
            return null;
        }
        Object array = current instanceof Object[] ? TENSORS.wholeRows(given) : TENSORS.wholeArray(given);
        if (array == null || !array.getClass().isInstance(current)) {
            problems.add(new Problem.NotAWholeArray(target.key(), given, current instanceof Object[]));
            return null;
        }
        return array;
    }
}
