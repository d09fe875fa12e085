package dev.statedict.io.read;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an open file holds, its tensors unread. Maps are in the file's order.
 *
 * @param tensors by key; ties are tensors of one layout on one storage
 * @param metadata texts by name, without the reserved one
 * @param values what is neither a tensor nor a dict, by dotted path
 * @param reserved what statedict itself has written
 * @param files to be closed
 */
public record FileContent(
        Map<String, FileTensor> tensors,
        Map<String, String> metadata,
        Map<String, @Nullable Object> values,
        ReservedMetadata reserved,
        List<FileBytes> files)
        implements Closeable {

    /**
     * The part below a path. The files are the same.
     *
     * @param path for example {@code model}
     * @return what is keyed {@code model.}, without these characters; all metadata
     * @throws FormatException when there is nothing below the path
     */
    public FileContent part(String path) throws FormatException {
        String prefix = path + ".";
        FileContent part = new FileContent(
                Names.below(prefix, tensors), metadata, Names.below(prefix, values), reserved.part(prefix), files);
        if (part.tensors.isEmpty() && part.values.isEmpty()) {
            throw new FormatException("there is no part \"" + path + "\"; there are "
                    + Names.list(tensors.keySet().stream()
                            .map(key -> key.substring(0, Math.max(key.indexOf('.'), 0)))
                            .filter(name -> !name.isEmpty())
                            .distinct()
                            .toList()));
        }
        return part;
    }

    /**
     * Checks that no tensor is gone.
     *
     * @throws FormatException when there is a digest of a tensor that is not there
     */
    public void requireDigestedTensors() throws FormatException {
        for (String key : reserved.digests().keySet()) {
            if (!tensors.containsKey(key)) {
                throw new FormatException("there is a digest of " + Names.quote(key) + ", and no such tensor");
            }
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (FileBytes file : files) {
            try {
                file.close();
            } catch (IOException failed) {
                failure = failed;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
