package dev.statedict.arithmetic;

import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import dev.statedict.values.Entries;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All parameters as one vector, and back (PyTorch's {@code torch.nn.utils.parameters_to_vector} and {@code vector_to_parameters}).
 * The elements stand in the order of the dict, each tensor's in row-major order.
 *
 * {@snippet class="com.example.Training" region="vector"}
 */
public final class ParameterVector {
    private ParameterVector() {}

    /**
     * All elements as a new vector.
     *
     * @param parameters what {@code namedParameters()} gives, which lists a tie once; each entry given is taken
     * @return a tensor of shape {@code [n]} with a storage of its own
     * @throws IllegalArgumentException when the parameters are of several element types
     */
    public static Tensor parametersToVector(StateDict parameters) {
        List<ElementType> types =
                parameters.values().stream().map(Tensor::elementType).distinct().toList();
        if (types.size() > 1) {
            throw new IllegalArgumentException("a vector has elements of one type, and these parameters are " + types
                    + "; convert or filter them");
        }
        Tensor vector = Tensor.zeros(types.isEmpty() ? ElementType.F32 : types.get(0), numel(parameters));
        vectorToParameters(vector, parameters).forEach((key, view) -> view.copyFrom(Entries.find(parameters, key)));
        return vector;
    }

    /**
     * All elements as a view, where they lie one behind the other in one storage, as after a model was loaded from
     * {@link #vectorToParameters} under {@code ALIAS}.
     *
     * @param parameters what {@code namedParameters()} gives
     * @return a tensor of shape {@code [n]} that shares the parameters' storage; empty where the storage does not allow it
     */
    public static Optional<Tensor> parametersAsVector(StateDict parameters) {
        @Nullable Tensor first = null;
        int count = 0;
        for (Tensor tensor : parameters.values()) {
            if (tensor.numel() > 0) {
                first = first == null ? tensor : first;
                boolean follows =
                        tensor.sharesStorageWith(first) && tensor.storageOffset() == first.storageOffset() + count;
                if (!follows || !tensor.isContiguous() || Pairs.TENSORS.arrayCount(tensor) > 1) {
                    return Optional.empty();
                }
                count += tensor.numel();
            }
        }
        return first == null
                ? Optional.empty()
                : Optional.of(Pairs.TENSORS.strided(
                        Pairs.TENSORS.array(first, 0), first.storageOffset(), new int[] {count}, new int[] {1}));
    }

    /**
     * The elements of a vector under the keys and shapes of parameters.
     *
     * @param vector of shape {@code [n]}, as many elements as the parameters have
     * @param parameters of which keys, shapes, roles and stored types are taken
     * @return a dict of views that share the vector's storage
     * @throws IllegalArgumentException when the vector has another shape
     */
    public static StateDict vectorToParameters(Tensor vector, StateDict parameters) {
        int count = numel(parameters);
        if (vector.dim() != 1 || vector.numel() != count) {
            throw new IllegalArgumentException("the vector has shape " + Arrays.toString(vector.shape())
                    + "; these parameters take one of shape [" + count + "]");
        }
        StateDictBuilder builder = StateDict.builder();
        int at = 0;
        for (String key : parameters.keySet()) {
            Tensor tensor = Entries.find(parameters, key);
            Tensor view = vector.narrow(0, at, tensor.numel()).reshape(tensor.shape());
            builder.put(key, view, parameters.role(key), parameters.storedType(key));
            at += tensor.numel();
        }
        return builder.build();
    }

    private static int numel(StateDict parameters) {
        long count = 0;
        for (Tensor tensor : parameters.values()) {
            count += tensor.numel();
        }
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    String.format("the parameters have %,d elements together, more than an array takes", count));
        }
        return (int) count;
    }
}
