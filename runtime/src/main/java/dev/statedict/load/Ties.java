package dev.statedict.load;

import dev.statedict.load.Match.TensorMatch;
import dev.statedict.load.Match.ValueMatch;
import dev.statedict.load.Targets.Target;
import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who wins where several keys lead to one place, which is a tied tensor, or a value of a module that stands on several
 * paths: the last key in module order for which the dict has a value.
 */
final class Ties {
    private final Match match;
    // null until someone asks, where no two tensors are tied
    private @Nullable TieGroups<TensorMatch> tensors;
    private final Map<Object, Map<String, ValueMatch>> values = new IdentityHashMap<>();
    private final List<TensorMatch> beatenTensors = new ArrayList<>();
    private final List<ValueMatch> beatenValues = new ArrayList<>();
    private final Map<String, String> tied = new LinkedHashMap<>();

    private Ties(Match match) {
        this.match = match;
    }

    static Ties of(Match match) {
        Ties resolution = new Ties(match);
        if (!match.areApart()) {
            resolution.tensors();
        }
        match.values().forEach(resolution::enter);
        resolution.beatenTensors.forEach(resolution::reportBeaten);
        resolution.beatenValues.forEach(resolution::reportBeaten);
        match.unfilled().forEach(resolution::reportUnfilled);
        return resolution;
    }

    private TieGroups<TensorMatch> tensors() {
        if (tensors == null) {
            tensors = new TieGroups<>(match.tensors().size());
            for (TensorMatch candidate : match.tensors()) {
                TensorMatch before = tensors.put(candidate.target().current(), candidate);
                if (before != null) {
                    beatenTensors.add(before);
                }
            }
        }
        return tensors;
    }

    private void enter(ValueMatch candidate) {
        Target.OfValue target = candidate.target();
        ValueMatch before =
                values.computeIfAbsent(target.owner(), owner -> new HashMap<>()).put(target.name(), candidate);
        if (before != null) {
            beatenValues.add(before);
        }
    }

    private void reportBeaten(TensorMatch loser) {
        TensorMatch winner = Objects.requireNonNull(winner(loser.target().current()));
        if (!TieGroups.tied(winner.given(), loser.given()) && !winner.given().contentEquals(loser.given())) {
            tied.put(loser.target().key(), winner.target().key());
        }
    }

    private void reportBeaten(ValueMatch loser) {
        ValueMatch winner = Objects.requireNonNull(winner(loser.target()));
        if (!Objects.equals(winner.given(), loser.given())) {
            tied.put(loser.target().key(), winner.target().key());
        }
    }

    private void reportUnfilled(Target target) {
        if (target instanceof Target.OfTensor place) {
            TensorMatch winner = winner(place.current());
            if (winner != null) {
                tied.put(place.key(), winner.target().key());
            }
        } else if (target instanceof Target.OfValue place) {
            ValueMatch winner = winner(place);
            if (winner != null) {
                tied.put(place.key(), winner.target().key());
            }
        }
    }

    /** The match whose value all tensors tied to this one will have, or null when the dict has none for them. */
    @Nullable
    TensorMatch winner(Tensor current) {
        return tensors().get(current);
    }

    /** The match whose value the place will have, or null when the dict has none for it. */
    @Nullable
    ValueMatch winner(Target.OfValue target) {
        return values.getOrDefault(target.owner(), Map.of()).get(target.name());
    }

    /** Whether the tensor is the one that its place gets. */
    boolean wins(TensorMatch match) {
        return beatenTensors.isEmpty() || winner(match.target().current()) == match;
    }

    /** Whether the value is the one that its place gets. */
    boolean wins(ValueMatch match) {
        return beatenValues.isEmpty() || winner(match.target()) == match;
    }

    /** Keys that have another's value, with the other's key. */
    Map<String, String> tied() {
        return tied;
    }
}
