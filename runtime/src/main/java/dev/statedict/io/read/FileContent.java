package dev.statedict.io.read;

import dev.statedict.Role;
import dev.statedict.StoredType;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.transfer.Progress;
import dev.statedict.tensor.Tensor;
import dev.statedict.text.KeyList;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an open file holds, its tensors unread. Maps are in the file's order.
 *
 * @param tensors by key; ties are tensors of one layout on one storage
 * @param metadata texts by name, without the reserved one
 * @param values what is neither a tensor nor a dict, by dotted path
 * @param foreign what is none of these, by key or dotted path
 * @param reserved what statedict itself has written
 * @param possibleTies the keys of tensors that are only said to be ties of others, and may be so by chance
 * @param files to be closed
 * @param kinds what entries are beyond their elements, by key, where the file says it
 * @param whole reads all tensors as they were, where there is more to them than the file's tensors tell; null else
 */
public record FileContent(
        Map<String, FileTensor> tensors,
        Map<String, String> metadata,
        Map<String, @Nullable Object> values,
        Map<String, ForeignItem> foreign,
        ReservedMetadata reserved,
        Set<String> possibleTies,
        List<FileBytes> files,
        Map<String, Kind> kinds,
        @Nullable Whole whole)
        implements Closeable {
    /**
     * What an entry is.
     *
     * @param role its role; null where nothing is known
     * @param storedType the type that it remembers; null for the one that the file has
     */
    public record Kind(@Nullable Role role, @Nullable StoredType storedType) {}

    /** Reads all tensors. */
    public interface Whole {
        /**
         * Reads them.
         *
         * @param progress is told of each piece
         * @return by key, in the file's order
         * @throws IOException when they cannot be read, or are broken
         */
        Map<String, Tensor> read(Progress progress) throws IOException;
    }

    /**
     * The content of a file that says nothing of its entries beyond their elements.
     *
     * @param tensors by key
     * @param metadata texts by name
     * @param values by dotted path
     * @param foreign by key or dotted path
     * @param reserved what statedict itself has written
     * @param possibleTies keys that may be none
     * @param files to be closed
     */
    public FileContent(
            Map<String, FileTensor> tensors,
            Map<String, String> metadata,
            Map<String, @Nullable Object> values,
            Map<String, ForeignItem> foreign,
            ReservedMetadata reserved,
            Set<String> possibleTies,
            List<FileBytes> files) {
        this(tensors, metadata, values, foreign, reserved, possibleTies, files, Map.of(), null);
    }

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
                Names.below(prefix, tensors),
                metadata,
                Names.below(prefix, values),
                Names.below(prefix, foreign),
                reserved.part(prefix),
                possibleTies.stream()
                        .filter(key -> key.startsWith(prefix))
                        .map(key -> key.substring(prefix.length()))
                        .collect(Collectors.toSet()),
                files,
                Names.below(prefix, kinds),
                null);
        if (part.tensors.isEmpty() && part.values.isEmpty() && part.foreign.isEmpty()) {
            ForeignItem itself = foreign.get(path);
            if (itself != null) {
                throw new FormatException("the part " + Names.quote(path) + " is " + itself);
            }
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
     * Checks that there is nothing foreign.
     *
     * @throws FormatException when there is; it names each, and both ways on
     */
    public void refuseForeign() throws FormatException {
        if (foreign.isEmpty()) {
            return;
        }
        List<String> items = new ArrayList<>(foreign.size());
        foreign.forEach((key, item) -> items.add(Names.quote(key) + ": " + item));
        StringBuilder text = new StringBuilder("it holds what is neither a tensor nor a plain value:");
        KeyList.lines(items, "item").forEach(line -> text.append("\n\t").append(line));
        Set<String> spoilt = foreign.keySet().stream().map(FileContent::partOf).collect(Collectors.toSet());
        String sound = tensors.keySet().stream()
                .filter(key -> key.indexOf('.') > 0)
                .map(FileContent::partOf)
                .filter(part -> !spoilt.contains(part))
                .findFirst()
                .map(part -> "Read a part without them, by ReadOptions.defaults().withPart(\"" + part
                        + "\"), or leave them out, by ")
                .orElse("Leave them out by ");
        text.append("\n").append(sound).append("ReadOptions.defaults().skipForeign()");
        throw new FormatException(text.toString());
    }

    /** The part that a key lies in: what stands before its first dot. */
    private static String partOf(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }

    /**
     * Checks that no tensor is gone.
     *
     * @throws FormatException when there is a digest of a tensor that is not there
     */
    public void requireDigestedTensors() throws FormatException {
        for (String key : reserved.digests().keySet()) {
            if (!tensors.containsKey(key) && !foreign.containsKey(key)) {
                throw new FormatException("there is a digest of " + Names.quote(key) + ", and no such tensor");
            }
        }
    }

    /**
     * Reads what is a stream to its end.
     *
     * @throws IOException when it ends elsewhere than where its header says, or cannot be read
     */
    public void requireEnd() throws IOException {
        for (FileBytes file : files) {
            file.requireEnd();
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
