package dev.statedict.load;

import dev.statedict.load.Match.TensorMatch;
import dev.statedict.storage.StorageSet;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans to load tensors in place (PyTorch's {@code param.copy_(input_param)}). The writes go in module order, so that
 * the last one wins where places overlap. A source that lies in storage which the load writes to is staged: copied
 * before the first write, so that a crossed dict is a true swap.
 */
final class CopyPlan {
    private final List<TensorMatch> matches;
    private final Ties ties;
    private final StorageSet places;
    // most loads have sources that lie in no place at all, and need not know
    private @Nullable StorageSet written;

    private CopyPlan(List<TensorMatch> matches, Ties ties) {
        this.matches = matches;
        this.ties = ties;
        this.places = new StorageSet(matches.size());
        matches.forEach(match -> places.add(match.target().current()));
    }

    /** Adds the writes to the plan; what stands in their way is returned. */
    static List<Problem> plan(Match match, Ties ties, Plan plan) {
        List<TensorMatch> matches = match.tensors();
        if (match.areApart()) {
            plan.copyAll(matches);
        } else {
            CopyPlan loading = new CopyPlan(matches, ties);
            for (TensorMatch candidate : matches) {
                if (ties.wins(candidate)) {
                    loading.plan(candidate, plan);
                }
            }
        }
        List<Problem> problems = new ArrayList<>();
        for (TensorMatch candidate : matches) {
            Tensor place = candidate.target().current();
            if (Overlaps.overlapsItself(place, match.areApart()) && !candidate.isOwnTensor()) {
                problems.add(new Problem.OverlapsItself(
                        candidate.target().key(),
                        place.shape(),
                        candidate.given().shape()));
            }
        }
        return problems;
    }

    private void plan(TensorMatch match, Plan plan) {
        Tensor given = match.given();
        if (!places.contains(given)) {
            plan.copy(match);
        } else if (written().contains(given)) {
            plan.copy(new TensorMatch(match.target(), given.copy()));
        } else if (!match.isOwnTensor()) {
            plan.copy(match);
        }
    }

    /** The storages of the places that do not hold what is given for them already. */
    private StorageSet written() {
        if (written == null) {
            written = new StorageSet(matches.size());
            for (TensorMatch match : matches) {
                if (!match.isOwnTensor() && ties.wins(match)) {
                    written.add(match.target().current());
                }
            }
        }
        return written;
    }
}
