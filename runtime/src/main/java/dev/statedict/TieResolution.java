package dev.statedict;

import dev.statedict.LoadMatch.TensorMatch;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who wins each tie: the last key in module order for which the dict has a value. */
final class TieResolution {
    private final TieGroups<TensorMatch> winners = new TieGroups<>();
    private final Map<String, String> tied = new LinkedHashMap<>();

    private TieResolution() {}

    static TieResolution of(LoadMatch match) {
        TieResolution resolution = new TieResolution();
        List<TensorMatch> beaten = new ArrayList<>();
        for (TensorMatch candidate : match.tensors()) {
            TensorMatch before = resolution.winners.put(candidate.target().current(), candidate);
            if (before != null) {
                beaten.add(before);
            }
        }
        for (TensorMatch loser : beaten) {
            TensorMatch winner = resolution.winner(loser.target().current());
            if (winner != null && !winner.given().contentEquals(loser.given())) {
                resolution.tied.put(loser.target().key(), winner.target().key());
            }
        }
        for (LoadTarget target : match.missing()) {
            TensorMatch winner =
                    target instanceof LoadTarget.OfTensor place ? resolution.winner(place.current()) : null;
            if (winner != null) {
                resolution.tied.put(target.key(), winner.target().key());
            }
        }
        return resolution;
    }

    /** The match whose value all tensors tied to this one will have, or null when the dict has none for them. */
    @Nullable
    TensorMatch winner(Tensor current) {
        return winners.get(current);
    }

    /** Keys that have another's value, with the other's key. */
    Map<String, String> tied() {
        return tied;
    }
}
