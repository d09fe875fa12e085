package dev.statedict.io;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a tensor lies in a file. Two keys are tied where shape, stored type and location are equal and the location is not
 * empty; they overlap where the bytes do.
 *
 * @param file the file that has its bytes: the one that was opened, or a shard; null where what was opened is no file, or has
 *     them in another form, such as deflated: then the offset is none of the file, and another for each tensor
 * @param offset the byte of the file at which the first element begins
 * @param byteCount the bytes from the first element to the end of the last; 0 of a tensor without elements. A view with
 *     wide strides covers bytes that are not its own, an expanded one fewer than its elements would take
 * @param strides how many elements apart neighbours along each dimension lie
 */
public record TensorLocation(@Nullable Path file, long offset, long byteCount, List<Integer> strides) {
    /**
     * Copies the strides.
     *
     * @param file the file that has its bytes; null where what was opened is no file
     * @param offset the byte at which the first element begins
     * @param byteCount the bytes from the first element to the end of the last
     * @param strides how many elements apart neighbours along each dimension lie
     */
    public TensorLocation {
        strides = List.copyOf(strides);
    }
}
