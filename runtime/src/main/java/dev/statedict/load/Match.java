package dev.statedict.load;

import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.load.Targets.Target;
import dev.statedict.storage.StorageHashes;
import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.ModulePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which value goes where: the places of the module matched by key with what was given (PyTorch's
 * {@code Module._load_from_state_dict}, but without writing).
 */
final class Match {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /** A tensor that fits its place; {@code given} has the place's shape and element type. */
    record TensorMatch(Target.OfTensor target, Tensor given) {
        /** Whether the module's own tensor was given for it: an ALIAS dict comes home. */
        boolean isOwnTensor() {
            return TieGroups.tied(given, target.current());
        }
    }

    /** A value for a primitive or for extra state, as the member will hold it. */
    record ValueMatch(Target.OfValue target, @Nullable Object given) {}

    private final Sources source;
    private final Rules rules;
    private final SourceCursor cursor;
    private final List<Target> targets;
    private final List<TensorMatch> tensors;
    private final List<ValueMatch> values = new ArrayList<>();
    // by position among the targets
    private final boolean[] applied;
    private final List<Target> missing = new ArrayList<>();
    private final List<Target> unfilled = new ArrayList<>();
    private final List<LoadReport.Skipped> skipped = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final StorageHashes storages;
    private final boolean[] used;
    private int usedCount;

    private Match(Sources source, Targets targets, Rules rules) {
        this.source = source;
        this.targets = targets.targets();
        this.rules = rules;
        this.tensors = new ArrayList<>(this.targets.size());
        this.applied = new boolean[this.targets.size()];
        this.cursor = new SourceCursor(source);
        this.storages = new StorageHashes(2 * this.targets.size());
        this.used = new boolean[source.entries().size()];
    }

    static Match of(Sources source, Targets targets, Rules rules) {
        Match match = new Match(source, targets, rules);
        match.problems.addAll(source.problems());
        for (int i = 0; i < match.applied.length; i++) {
            match.applied[i] = match.match(match.targets.get(i));
        }
        match.checkDeclaredShapes(targets);
        match.refuseUnusedNulls();
        return match;
    }

    private void checkDeclaredShapes(Targets targets) {
        if (targets.shapes().isEmpty()) {
            return;
        }
        Map<ModulePath, DeclaredShapes.Symbols> symbols = new IdentityHashMap<>();
        for (TensorMatch match : tensors) {
            ModulePath module = match.target().module();
            DeclaredShapes shapes = targets.shapes().get(module);
            Problem problem = shapes == null
                    ? null
                    : shapes.check(
                            match.target(),
                            match.given(),
                            symbols.computeIfAbsent(module, path -> new DeclaredShapes.Symbols()));
            if (problem != null) {
                problems.add(problem);
            }
        }
    }

    /** Whether a value was found that fits. */
    private boolean match(Target target) {
        int position = cursor.find(target);
        if (position < 0) {
            missing.add(target);
            unfilled.add(target);
            return false;
        }
        used[position] = true;
        usedCount++;
        Object value = source.entries().get(position).value();
        if (target instanceof Target.OfExtraState extra) {
            return matchExtraState(extra, value);
        }
        if (!(value instanceof Tensor given)) {
            problems.add(new Problem.NotATensor(target.key(), value));
            return false;
        }
        return target instanceof Target.OfTensor place
                ? matchTensor(place, given)
                : matchPrimitive((Target.OfPrimitive) target, given);
    }

    private boolean matchTensor(Target.OfTensor target, Tensor given) {
        Tensor current = target.current();
        Tensor fitting = current.hasSameShapeAs(given) ? given : current.dim() == 0 ? asScalar(given) : null;
        if (fitting == null) {
            mismatch(target, given, current.shape());
            return false;
        }
        if (fitting.elementType() != current.elementType()) {
            fitting = convert(target, fitting, current.elementType());
            if (fitting == null) {
                return false;
            }
        }
        tensors.add(new TensorMatch(target, fitting));
        storages.add(current);
        storages.add(fitting);
        return true;
    }

    /** What was given as elements of the place's own type; null where that cannot be. */
    private @Nullable Tensor convert(Target.OfTensor target, Tensor given, ElementType type) {
        if (rules.policy() == Policy.ALIAS) {
            problems.add(new Problem.OtherType(target.key(), given.elementType(), type));
            return null;
        }
        Tensor converted = Tensor.zeros(type, given.shape());
        int unfit = TENSORS.convert(given, converted, rules.allowsRounding());
        if (unfit == given.numel()) {
            return converted;
        }
        problems.add(new Problem.Inexact(target.key(), given, unfit, type, rules.allowsRounding()));
        return null;
    }

    private boolean matchPrimitive(Target.OfPrimitive target, Tensor given) {
        Tensor scalar = asScalar(given);
        if (scalar == null) {
            mismatch(target, given, new int[0]);
            return false;
        }
        Tensor converted = Tensor.zeros(target.type().elementType());
        if (TENSORS.convert(scalar, converted, rules.allowsRounding()) == 0) {
            problems.add(new Problem.OtherPrimitive(target, scalar, rules.allowsRounding()));
            return false;
        }
        values.add(new ValueMatch(target, target.type().fromTensor(converted)));
        return true;
    }

    private void mismatch(Target target, Tensor given, int[] expected) {
        String key = target.key();
        if (rules.skipsMismatched(key)) {
            skipped.add(new LoadReport.Skipped(key, boxed(given.shape()), boxed(expected)));
            unfilled.add(target);
        } else {
            problems.add(new Problem.SizeMismatch(key, given.shape(), expected));
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

    private boolean matchExtraState(Target.OfExtraState target, @Nullable Object given) {
        if (given instanceof ExtraStateValue extra
                && (extra.value() == null || target.type().isInstance(extra.value()))) {
            values.add(new ValueMatch(target, extra.forModule()));
            return true;
        }
        problems.add(new Problem.NotExtraState(target.key(), target.type(), given));
        return false;
    }

    /** A null is a mistake of whoever made the map, whether or not an unexpected key is forgiven. */
    private void refuseUnusedNulls() {
        for (SourceEntry entry : unused()) {
            if (entry.value() == null) {
                problems.add(new Problem.NotATensor(entry.givenKey(), null));
            }
        }
    }

    List<TensorMatch> tensors() {
        return tensors;
    }

    /**
     * Whether the places that get tensors and the tensors they get have each a storage of its own: then none are tied,
     * and none overlap.
     */
    boolean areApart() {
        return storages.areApart();
    }

    /** The matches where the module's own tensor was given. */
    List<TensorMatch> ownTensors() {
        return areApart()
                ? List.of()
                : tensors.stream().filter(TensorMatch::isOwnTensor).toList();
    }

    List<ValueMatch> values() {
        return values;
    }

    /** The places that get a value, in module order. */
    List<Target> applied() {
        if (tensors.size() + values.size() == targets.size()) {
            return targets;
        }
        return IntStream.range(0, applied.length)
                .filter(i -> applied[i])
                .mapToObj(targets::get)
                .toList();
    }

    List<Target> missing() {
        return missing;
    }

    /** The places for which the dict has no value: the missing ones, and those that are skipped for their shape. */
    List<Target> unfilled() {
        return unfilled;
    }

    List<LoadReport.Skipped> skipped() {
        return skipped;
    }

    List<Problem> problems() {
        return problems;
    }

    /** Whether the dict has no key of the module. */
    boolean noneUsed() {
        return usedCount == 0;
    }

    /** The caller's keys that were read under another name, with that name, among those that a place has. */
    Map<String, String> renamed() {
        Map<String, String> renamed = new LinkedHashMap<>();
        for (int i = 0; i < used.length; i++) {
            if (used[i] && source.entries().get(i).isRenamed()) {
                renamed.put(
                        source.entries().get(i).givenKey(),
                        source.entries().get(i).key());
            }
        }
        return renamed;
    }

    /** The entries that no place has, in PyTorch's order. */
    List<SourceEntry> unexpected(Targets targets) {
        List<SourceEntry> unexpected = unused();
        return unexpected.size() < 2 ? unexpected : UnexpectedOrder.of(unexpected, targets.paths());
    }

    private List<SourceEntry> unused() {
        List<SourceEntry> unused = new ArrayList<>();
        for (int i = 0; usedCount < used.length && i < used.length; i++) {
            if (!used[i]) {
                unused.add(source.entries().get(i));
            }
        }
        return unused;
    }
}
