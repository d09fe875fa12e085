package dev.statedict;

import dev.statedict.LoadMatch.TensorMatch;
import dev.statedict.tensor.Tensor;
import java.util.List;

/**
 * Plans to load tensors in place (PyTorch's {@code param.copy_(input_param)}). The writes go in module order, so that
 * the last one wins where places overlap. A source that lies in storage which the load writes to is staged: copied
 * before the first write, so that a crossed dict is a true swap.
 */
final class CopyLoading {
    private CopyLoading() {}

    static void plan(List<TensorMatch> matches, TieResolution ties, LoadPlan plan) {
        StorageSet written = new StorageSet();
        for (TensorMatch match : matches) {
            if (!match.isOwnTensor() && ties.wins(match)) {
                written.add(match.target().current());
            }
        }
        for (TensorMatch match : matches) {
            if (!ties.wins(match)) {
                continue;
            }
            Tensor given = match.given();
            if (written.contains(given)) {
                plan.copy(given.copy(), match.target().current());
            } else if (!match.isOwnTensor()) {
                plan.copy(given, match.target().current());
            }
        }
    }
}
