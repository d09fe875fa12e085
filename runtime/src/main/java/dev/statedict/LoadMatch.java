package dev.statedict;

import dev.statedict.SourceEntries.SourceEntry;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
    record TensorMatch(LoadTarget.OfTensor target, Tensor given) {
        /** Whether the module's own tensor was given for it: an ALIAS dict comes home. */
        boolean isOwnTensor() {
            return TieGroups.tied(given, target.current());
        }
    }

    /** A value for a counter or for extra state, as the member will hold it. */
    record ValueMatch(LoadTarget.OfValue target, @Nullable Object given) {}

    private final SourceEntries source;
    private final LoadOptions options;
    private final List<TensorMatch> tensors = new ArrayList<>();
    private final List<ValueMatch> values = new ArrayList<>();
    private final List<String> applied = new ArrayList<>();
    private final List<LoadTarget> missing = new ArrayList<>();
    private final List<LoadTarget> unfilled = new ArrayList<>();
    private final List<LoadReport.Skipped> skipped = new ArrayList<>();
    private final List<LoadProblem> problems = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    private LoadMatch(SourceEntries source, LoadOptions options) {
        this.source = source;
        this.options = options;
    }

    static LoadMatch of(SourceEntries source, LoadTargets targets, LoadOptions options) {
        LoadMatch match = new LoadMatch(source, options);
        match.problems.addAll(source.problems());
        for (LoadTarget target : targets.targets()) {
            match.match(target);
        }
        match.checkDeclaredShapes(targets);
        match.refuseUnusedNulls();
        return match;
    }

    private void checkDeclaredShapes(LoadTargets targets) {
        if (targets.shapes().isEmpty()) {
            return;
        }
        Map<ModulePath, DeclaredShapes.Checker> checkers = new IdentityHashMap<>();
        targets.shapes().forEach((path, shapes) -> checkers.put(path, shapes.checker()));
        for (TensorMatch match : tensors) {
            DeclaredShapes.Checker checker = checkers.get(match.target().module());
            LoadProblem problem = checker == null ? null : checker.check(match.target(), match.given());
            if (problem != null) {
                problems.add(problem);
            }
        }
    }

    private void match(LoadTarget target) {
        String key = target.key();
        SourceEntry entry = source.find(key);
        if (entry == null) {
            missing.add(target);
            unfilled.add(target);
            return;
        }
        used.add(key);
        if (target instanceof LoadTarget.OfExtraState extra) {
            matchExtraState(key, extra, entry.value());
        } else if (!(entry.value() instanceof Tensor given)) {
            problems.add(new LoadProblem.NotATensor(key, entry.value()));
        } else if (target instanceof LoadTarget.OfTensor place) {
            matchTensor(key, place, given);
        } else if (target instanceof LoadTarget.OfCounter counter) {
            matchCounter(key, counter, given);
        }
    }

    private void matchTensor(String key, LoadTarget.OfTensor target, Tensor given) {
        Tensor current = target.current();
        Tensor fitting = current.hasSameShapeAs(given) ? given : current.dim() == 0 ? asScalar(given) : null;
        if (fitting == null) {
            mismatch(target, given, current.shape());
        } else {
            applied.add(key);
            tensors.add(new TensorMatch(target, fitting));
        }
    }

    private void matchCounter(String key, LoadTarget.OfCounter target, Tensor given) {
        Tensor scalar = asScalar(given);
        if (scalar == null) {
            mismatch(target, given, new int[0]);
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

    private void mismatch(LoadTarget target, Tensor given, int[] expected) {
        String key = target.key();
        if (options.skipsMismatched(key)) {
            skipped.add(new LoadReport.Skipped(key, boxed(given.shape()), boxed(expected)));
            unfilled.add(target);
        } else {
            problems.add(new LoadProblem.SizeMismatch(key, given.shape(), expected));
        }
    }

    private static List<Integer> boxed(int[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }

    /** A 0-d place accepts a one-element, one-dimensional tensor: PyTorch's rule for checkpoints of before 0.4. */
    private static @Nullable Tensor asScalar(Tensor given) {
        if (given.dim() == 0) {
            return given;
        }
        return given.dim() == 1 && given.numel() == 1 ? given.reshape() : null;
    }

    private void matchExtraState(String key, LoadTarget.OfExtraState target, @Nullable Object given) {
        if (given instanceof ExtraStateValue extra
                && (extra.value() == null || target.type().isInstance(extra.value()))) {
            applied.add(key);
            values.add(new ValueMatch(target, extra.forModule()));
        } else {
            problems.add(new LoadProblem.NotExtraState(key, target.type(), given));
        }
    }

    /** A null is a mistake of whoever made the map, whether or not an unexpected key is forgiven. */
    private void refuseUnusedNulls() {
        for (SourceEntry entry : source.entries()) {
            if (entry.value() == null && !used.contains(entry.key())) {
                problems.add(new LoadProblem.NotATensor(entry.givenKey(), null));
            }
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

    List<LoadTarget> missing() {
        return missing;
    }

    /** The places for which the dict has no value: the missing ones, and those that are skipped for their shape. */
    List<LoadTarget> unfilled() {
        return unfilled;
    }

    List<LoadReport.Skipped> skipped() {
        return skipped;
    }

    List<LoadProblem> problems() {
        return problems;
    }

    /** The keys of the module that the dict has. */
    Set<String> used() {
        return used;
    }

    /** The entries that no place has, in PyTorch's order. */
    List<SourceEntry> unexpected(LoadTargets targets) {
        List<SourceEntry> unexpected = new ArrayList<>();
        for (SourceEntry entry : source.entries()) {
            if (!used.contains(entry.key())) {
                unexpected.add(entry);
            }
        }
        return unexpected.size() < 2
                ? unexpected
                : UnexpectedOrder.sort(unexpected, targets.modules().keySet());
    }
}
