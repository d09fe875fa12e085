package dev.statedict.load;

import dev.statedict.load.Match.TensorMatch;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Places that are written to and overlap: each other, without being ties, or themselves. */
final class Overlaps {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private Overlaps() {}

    /**
     * The places that will not have what is given for them, once the writes are made in module order: where two overlap and
     * differ, the later one stands.
     *
     * @param matches in module order
     * @param ties which of them are written, no two of one tie; those that it reports itself are passed by
     * @return the keys of such places, each with that of the last one which stands in its way
     */
    static Map<String, String> contradictions(List<TensorMatch> matches, Ties ties) {
        List<TensorMatch> sharing = sharing(matches);
        Tensor[] places = TENSORS.copies(
                sharing.stream().map(match -> match.target().current()).toArray(Tensor[]::new));
        for (int i = 0; i < places.length; i++) {
            if (ties.wins(sharing.get(i))) {
                places[i].copyFrom(sharing.get(i).given());
            }
        }
        Map<String, String> contradictions = new LinkedHashMap<>();
        for (int i = 0; i < places.length; i++) {
            TensorMatch match = sharing.get(i);
            if (!places[i].contentEquals(match.given())
                    && !ties.tied().containsKey(match.target().key())) {
                List<TensorMatch> later = sharing.subList(i + 1, places.length).stream()
                        .filter(ties::wins)
                        .toList();
                contradictions.put(match.target().key(), standing(match, later));
            }
        }
        return contradictions;
    }

    /** Those that lie on an array on which another one lies. */
    private static List<TensorMatch> sharing(List<TensorMatch> matches) {
        Map<Object, Integer> counts = new IdentityHashMap<>();
        for (TensorMatch match : matches) {
            Tensor place = match.target().current();
            for (int i = 0; i < TENSORS.arrayCount(place); i++) {
                counts.merge(TENSORS.array(place, i), 1, Integer::sum);
            }
        }
        List<TensorMatch> sharing = new ArrayList<>();
        for (TensorMatch match : matches) {
            Tensor place = match.target().current();
            for (int i = 0; i < TENSORS.arrayCount(place); i++) {
                if (counts.getOrDefault(TENSORS.array(place, i), 0) > 1) {
                    sharing.add(match);
                    break;
                }
            }
        }
        return sharing;
    }

    /** The last one after which, alone, the place has not what is given for it. */
    private static String standing(TensorMatch beaten, List<TensorMatch> later) {
        for (int i = later.size() - 1; i >= 0; i--) {
            TensorMatch winner = later.get(i);
            Tensor[] both = {beaten.target().current(), winner.target().current()};
            if (TENSORS.mayOverlap(both[0], both[1])) {
                both = TENSORS.copies(both);
                both[0].copyFrom(beaten.given());
                both[1].copyFrom(winner.given());
                if (!both[0].contentEquals(beaten.given())) {
                    return winner.target().key();
                }
            }
        }
        throw new IllegalStateException(beaten.target().key() + " is overwritten by none");
    }

    /**
     * Whether a place leads to an element twice, which PyTorch refuses whatever is given.
     *
     * @param apart whether it is known that no row stands twice
     */
    static boolean overlapsItself(Tensor place, boolean apart) {
        boolean onRows = TENSORS.arrayCount(place) > 1;
        if (place.isContiguous() && (apart || !onRows) || !TENSORS.mayOverlapItself(place)) {
            return false;
        }
        if (onRows) {
            return true;
        }
        // strides that interleave without meeting are rare enough to be counted out
        BitSet met = new BitSet();
        int[] index = new int[place.dim()];
        for (int i = 0; i < place.numel(); i++) {
            int at = 0;
            for (int dim = 0; dim < index.length; dim++) {
                at += index[dim] * place.stride(dim);
            }
            if (met.get(at)) {
                return true;
            }
            met.set(at);
            for (int dim = index.length - 1; dim >= 0 && ++index[dim] == place.size(dim); dim--) {
                index[dim] = 0;
            }
        }
        return false;
    }
}
