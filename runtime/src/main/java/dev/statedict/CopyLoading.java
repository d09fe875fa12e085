package dev.statedict;

import dev.statedict.LoadMatch.TensorMatch;
import dev.statedict.tensor.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Plans to load tensors in place (PyTorch's {@code param.copy_(input_param)}). The writes go in module order, so that
 * the last one wins where places overlap. A source that lies in storage which the load writes to is staged: copied
 * before the first write, so that a crossed dict is a true swap.
 */
final class CopyLoading {
    private CopyLoading() {}

    static void plan(List<TensorMatch> matches, LoadPlan plan) {
        Set<float[]> written = Collections.newSetFromMap(new IdentityHashMap<>());
        for (TensorMatch match : matches) {
            if (!isOwnTensor(match)) {
                written.add(match.target().current().storage());
            }
        }
        for (TensorMatch match : matches) {
            Tensor given = match.given();
            if (written.contains(given.storage())) {
                plan.copy(given.copy(), match.target().current());
            } else if (!isOwnTensor(match)) {
                plan.copy(given, match.target().current());
            }
        }
    }

    /** Whether the module's own tensor was given for it: an ALIAS dict comes home. */
    static boolean isOwnTensor(TensorMatch match) {
        return TieGroups.tied(match.given(), match.target().current());
    }
}
