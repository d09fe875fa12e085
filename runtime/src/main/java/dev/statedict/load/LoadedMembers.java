package dev.statedict.load;

import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import dev.statedict.tree.ModulePath;
import org.jspecify.annotations.Nullable;

/**
 * What a load of a dict came by: members in module order, each of the type and shape of the entry at its place in the
 * dict, and each, as each entry, the whole of an array, or on rows, that no other has. All of that is true of the tensors
 * for as long as they exist, for where a tensor lies never changes. Not to be written once it was made.
 *
 * @param modules the path of each member's module
 * @param names the name of each within it
 * @param members the tensors
 * @param given what is copied: whole arrays, or where it takes memory to copy them, on rows or by several threads, tensors
 * @param places where it is copied to, likewise
 * @param someAreTensors whether there are tensors among those
 */
public record LoadedMembers(
        ModulePath[] modules,
        String[] names,
        Tensor[] members,
        Object[] given,
        Object[] places,
        boolean someAreTensors) {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    /** What a dict came by that was not loaded yet. */
    public static final LoadedMembers NONE =
            new LoadedMembers(new ModulePath[0], new String[0], new Tensor[0], new Object[0], new Object[0], false);

    /** How many there are. */
    public int count() {
        return members.length;
    }

    /** Whether this very tensor was there under this key; where the key is another object, it may say no. */
    public boolean hasAt(int index, ModulePath module, String name, Tensor value) {
        return members[index] == value && modules[index] == module && names[index] == name;
    }

    /** Whether the member that was there is this very tensor, or has its array and shape, as one that is an array has. */
    public boolean liesAt(int index, Tensor value) {
        Tensor member = members[index];
        return member == value || places[index] == TENSORS.wholeArray(value) && member.hasSameShapeAs(value);
    }

    /**
     * The member that was there, if it lies on these very rows, so that neither their lengths nor their identity hashes are
     * asked for again, which stand in their heads, each in a line of memory of its own: of 131,072 rows, 256 MB on either side,
     * 4 to 7 ms, where the copy takes 12.
     */
    public @Nullable Tensor onAt(int index, Object[] rows) {
        return TENSORS.isAllOf(members[index], rows) ? members[index] : null;
    }

    /** Makes all that the writes allocate, before the first. */
    public Object[] prepare() {
        if (!someAreTensors) {
            return places;
        }
        Object[] prepared = places.clone();
        for (int i = 0; i < prepared.length; i++) {
            if (prepared[i] instanceof Tensor place) {
                Runnable copy = TENSORS.preparedCopy((Tensor) given[i], place);
                prepared[i] = copy == null ? place : copy;
            }
        }
        return prepared;
    }

    /** Writes to what was prepared. */
    public void write(Object[] prepared) {
        if (!someAreTensors) {
            // nearly always: 2,000 small arrays take 28 us more where each place is asked what it is
            for (int i = 0; i < prepared.length; i++) {
                TENSORS.copyArray(given[i], prepared[i]);
            }
            return;
        }
        for (int i = 0; i < prepared.length; i++) {
            if (prepared[i] instanceof Tensor place) {
                place.copyFrom((Tensor) given[i]);
            } else if (prepared[i] instanceof Runnable copy) {
                copy.run();
            } else {
                TENSORS.copyArray(given[i], prepared[i]);
            }
        }
    }
}
