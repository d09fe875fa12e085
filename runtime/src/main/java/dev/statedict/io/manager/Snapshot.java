package dev.statedict.io.manager;

import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.event.Recorder;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a state dict that is refreshed in place while the dicts are of one form: the same keys, shapes, types and ties. What a
 * refresh leaves for the garbage collector is some bytes for each entry, whatever its size.
 */
public final class Snapshot {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /** Where an array of the dict was copied to. */
    private record Place(Object array, int shift) {}

    private @Nullable StateDict copy;

    /** Memory that is allocated by the first refresh. */
    public Snapshot() {}

    /**
     * Copies a dict, in place if it has the form of the one before.
     *
     * @param dict the dict
     * @return a copy, until the next refresh
     */
    public StateDict refresh(StateDict dict) {
        StateDict target = copy;
        if (target == null || !isOfOneForm(dict, target)) {
            copy = null; // not two at a time
            target = dict.copy();
        } else {
            Recorder.Begun event = Recorder.snapshot();
            write(dict, target);
            event.end(null, target.values());
            target = withMetadataOf(dict, target);
        }
        copy = target;
        return target;
    }

    /** Whether the copy is one of a dict of this form, so that each of its tensors may be written to. */
    private static boolean isOfOneForm(StateDict dict, StateDict target) {
        if (dict.size() != target.size()) {
            return false;
        }
        Map<Object, Place> places = new IdentityHashMap<>();
        Map<Object, Object> origins = new IdentityHashMap<>();
        Iterator<Map.Entry<String, Tensor>> targets = target.entrySet().iterator();
        for (Map.Entry<String, Tensor> entry : dict.entrySet()) {
            Map.Entry<String, Tensor> other = targets.next();
            String key = entry.getKey();
            if (!(key.equals(other.getKey())
                    && dict.role(key) == target.role(key)
                    && dict.storedType(key) == target.storedType(key)
                    && haveOneLayout(entry.getValue(), other.getValue())
                    && keepPlaces(entry.getValue(), other.getValue(), places, origins))) {
                return false;
            }
        }
        return true;
    }

    private static boolean haveOneLayout(Tensor from, Tensor to) {
        if (from.elementType() != to.elementType()
                || from.dim() != to.dim()
                || TENSORS.arrayCount(from) != TENSORS.arrayCount(to)) {
            return false;
        }
        for (int dim = 0; dim < from.dim(); dim++) {
            if (from.size(dim) != to.size(dim) || from.stride(dim) != to.stride(dim)) {
                return false;
            }
        }
        return true;
    }

    /** Whether what lies together in the dict lies together in the copy, as far apart, and nothing else does. */
    private static boolean keepPlaces(Tensor from, Tensor to, Map<Object, Place> places, Map<Object, Object> origins) {
        int shift = from.storageOffset() - to.storageOffset();
        for (int i = 0; i < TENSORS.arrayCount(from) && from.numel() > 0; i++) {
            Object array = TENSORS.array(from, i);
            Object copied = TENSORS.array(to, i);
            Place place = places.putIfAbsent(array, new Place(copied, shift));
            Object origin = origins.putIfAbsent(copied, array);
            if ((place != null && (place.array != copied || place.shift != shift))
                    || (origin != null && origin != array)) {
                return false;
            }
        }
        return true;
    }

    private static void write(StateDict dict, StateDict target) {
        Map<Object, Tensor> first = new IdentityHashMap<>();
        Iterator<Tensor> targets = target.values().iterator();
        for (Tensor from : dict.values()) {
            Tensor to = targets.next();
            Tensor tied = first.putIfAbsent(TENSORS.array(from, 0), from);
            // a tie is copied once
            if (tied == null || !TENSORS.areTied(tied, from)) {
                to.copyFrom(from);
            }
        }
    }

    /** Extra state and versions are values: they are taken anew, and the tensors stay. */
    private static StateDict withMetadataOf(StateDict dict, StateDict target) {
        if (dict.extraState().equals(target.extraState()) && dict.versions().equals(target.versions())) {
            return target;
        }
        StateDictBuilder builder = StateDict.builder();
        target.forEach((key, tensor) -> builder.put(key, tensor, target.role(key), target.storedType(key)));
        dict.extraState().forEach((module, value) -> {
            if (value instanceof Map<?, ?> texts) {
                builder.extraState(module, asTexts(texts));
            } else {
                builder.extraState(module, (String) value);
            }
        });
        dict.versions().forEach(builder::version);
        return builder.build();
    }

    @SuppressWarnings("unchecked") // as StateDict.extraState promises
    private static Map<String, String> asTexts(Map<?, ?> texts) {
        return (Map<String, String>) texts;
    }
}
