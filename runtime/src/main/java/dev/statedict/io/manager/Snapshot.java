package dev.statedict.io.manager;

import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.event.Recorder;
import dev.statedict.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a state dict that is refreshed in place while the dicts are of one form: the same keys, shapes, types and ties. What a
 * refresh leaves for the garbage collector is some bytes for each entry, whatever its size.
 */
public final class Snapshot {
    /** Where a storage of the dict was copied to, and the first of its tensors. */
    private record Place(Object storage, int shift, Tensor first) {}

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
        if (target == null || !write(dict, target, false)) {
            copy = null; // not two at a time
            target = dict.copy();
        } else {
            Recorder.Begun event = Recorder.snapshot();
            write(dict, target, true);
            event.end(null, target.values());
            target = withMetadataOf(dict, target);
        }
        copy = target;
        return target;
    }

    /** Holds the forms of two dicts against each other, and writes the one to the other if told to. */
    private static boolean write(StateDict dict, StateDict target, boolean writing) {
        if (dict.size() != target.size()) {
            return false;
        }
        Map<Object, Place> places = new IdentityHashMap<>();
        Map<Object, Object> taken = new IdentityHashMap<>();
        Iterator<Map.Entry<String, Tensor>> targets = target.entrySet().iterator();
        for (Map.Entry<String, Tensor> entry : dict.entrySet()) {
            Map.Entry<String, Tensor> other = targets.next();
            String key = entry.getKey();
            Tensor from = entry.getValue();
            Tensor to = other.getValue();
            Place place = places.get(from.storage());
            if (place == null) {
                place = new Place(to.storage(), from.storageOffset() - to.storageOffset(), from);
                places.put(from.storage(), place);
                if (taken.put(to.storage(), from.storage()) != null && from.numel() > 0) {
                    return false;
                }
            }
            if (writing) {
                // a tie is copied once
                if (from == place.first || !from.hasSameLayoutAs(place.first)) {
                    to.copyFrom(from);
                }
            } else if (!(key.equals(other.getKey())
                    && isAt(place, from, to)
                    && dict.role(key) == target.role(key)
                    && dict.storedType(key) == target.storedType(key))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAt(Place place, Tensor from, Tensor to) {
        if (from.dim() != to.dim()) {
            return false;
        }
        for (int dim = 0; dim < from.dim(); dim++) {
            if (from.size(dim) != to.size(dim) || from.stride(dim) != to.stride(dim)) {
                return false;
            }
        }
        boolean sameShift = from.storageOffset() - to.storageOffset() == place.shift;
        return from.numel() == 0 || (place.storage == to.storage() && sameShift);
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
