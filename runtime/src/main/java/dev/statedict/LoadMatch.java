package dev.statedict;

import dev.statedict.SourceEntries.SourceEntry;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which value goes where: the places of the module matched by key with what was given (PyTorch's
 * {@code Module._load_from_state_dict}, but without writing).
 */
final class LoadMatch {
    /** A tensor that fits its place; {@code given} has the place's shape. */
    record TensorMatch(LoadTarget.OfTensor target, Tensor given) {}

    /** A value for a counter or for extra state, in the member's type. */
    record ValueMatch(LoadTarget target, @Nullable Object given) {}

    private final SourceEntries source;
    private final List<TensorMatch> tensors = new ArrayList<>();
    private final List<ValueMatch> values = new ArrayList<>();
    private final List<String> applied = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<LoadProblem> problems = new ArrayList<>();
    private final Set<String> usedKeys = new HashSet<>();

    private LoadMatch(SourceEntries source) {
        this.source = source;
    }

    static LoadMatch of(SourceEntries source, LoadTargets targets) {
        LoadMatch match = new LoadMatch(source);
        for (LoadTarget target : targets.targets()) {
            if (target instanceof LoadTarget.OfExtraState extra) {
                match.matchExtraState(extra);
            } else {
                match.matchEntry(target);
            }
        }
        return match;
    }

    private void matchEntry(LoadTarget target) {
        String key = target.key();
        SourceEntry entry = source.find(key);
        if (entry == null) {
            missing.add(key);
            return;
        }
        usedKeys.add(key);
        if (!(entry.value() instanceof Tensor given)) {
            problems.add(new LoadProblem.NotATensor(key, entry.value()));
        } else if (target instanceof LoadTarget.OfTensor place) {
            matchTensor(key, place, given);
        } else if (target instanceof LoadTarget.OfCounter counter) {
            matchCounter(key, counter, given);
        }
    }

    private void matchTensor(String key, LoadTarget.OfTensor target, Tensor given) {
        Tensor fitting = target.current().hasSameShapeAs(given)
                ? given
                : target.current().dim() == 0 ? asScalar(given) : null;
        if (fitting == null) {
            problems.add(new LoadProblem.SizeMismatch(
                    key, given.shape(), target.current().shape()));
        } else {
            applied.add(key);
            tensors.add(new TensorMatch(target, fitting));
        }
    }

    private void matchCounter(String key, LoadTarget.OfCounter target, Tensor given) {
        Tensor scalar = asScalar(given);
        if (scalar == null) {
            problems.add(new LoadProblem.SizeMismatch(key, given.shape(), new int[0]));
            return;
        }
        Object value = target.type().fromFloat(scalar.item());
        if (value == null) {
            problems.add(new LoadProblem.NotACount(key, scalar.item(), target.type()));
        } else {
            applied.add(key);
            values.add(new ValueMatch(target, value));
        }
    }

    /** A 0-d place accepts a one-element, one-dimensional tensor: PyTorch's rule for checkpoints of before 0.4. */
    private static @Nullable Tensor asScalar(Tensor given) {
        if (given.dim() == 0) {
            return given;
        }
        return given.dim() == 1 && given.numel() == 1 ? given.reshape() : null;
    }

    private void matchExtraState(LoadTarget.OfExtraState target) {
        String key = target.key();
        String path = target.module().toString();
        if (!source.extraState().containsKey(path)) {
            missing.add(key);
            return;
        }
        usedKeys.add(key);
        Object value = source.extraState().get(path);
        if (value != null && !target.type().isInstance(value)) {
            problems.add(new LoadProblem.ExtraStateType(key, target.type(), value));
        } else {
            applied.add(key);
            values.add(new ValueMatch(target, value));
        }
    }

    List<TensorMatch> tensors() {
        return tensors;
    }

    List<ValueMatch> values() {
        return values;
    }

    List<String> applied() {
        return applied;
    }

    List<String> missing() {
        return missing;
    }

    List<LoadProblem> problems() {
        return problems;
    }

    /** The keys that no place has, in PyTorch's order. */
    List<String> unexpected(LoadTargets targets) {
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, ?> extra : source.extraState().entrySet()) {
            String path = extra.getKey();
            String key = (path.isEmpty() ? "" : path + '.') + StateAssigner.EXTRA_STATE;
            if (!usedKeys.contains(key)) {
                keys.add(key);
            }
        }
        for (SourceEntry entry : source.entries()) {
            if (!usedKeys.contains(entry.key())) {
                keys.add(entry.givenKey());
            }
        }
        return keys.size() < 2
                ? keys
                : UnexpectedOrder.sort(keys, targets.modules().keySet());
    }
}
