package dev.statedict.io.safetensors;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.read.ForeignItem;
import dev.statedict.io.safetensors.HeaderParser.Header;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Opens a shard index and all its shards as one. Index and shards must agree before anything else is done. */
public final class ShardedReader {
    private ShardedReader() {}

    /**
     * Reads the index and the headers of the shards.
     *
     * @param index the index; closed with the content
     * @param path where it lies, and its shards beside it
     * @return the content, tensors in the index's order, then restored ties
     * @throws IOException when a file cannot be read or breaks a rule of its format, a shard is missing or stray, or a
     *     tensor is not where the index says
     */
    public static FileContent open(FileBytes index, Path path) throws IOException {
        ShardIndex content = ShardIndex.read(index);
        Set<String> names = new LinkedHashSet<>(content.shards().values());
        List<String> strays = ShardNames.strays(path, names);
        if (!strays.isEmpty()) {
            throw new FormatException("the index does not name the shards " + Names.list(strays) + " beside it");
        }
        List<FileBytes> files = new ArrayList<>(List.of(index));
        try {
            Map<String, Header> headers = new HashMap<>();
            for (String name : names) {
                FileBytes shard = openShard(path, name);
                files.add(shard);
                headers.put(name, header(name, shard));
            }
            return content(content, headers, files);
        } catch (IOException | RuntimeException | Error failed) {
            for (FileBytes file : files) {
                file.close();
            }
            throw failed;
        }
    }

    private static FileBytes openShard(Path index, String name) throws IOException {
        try {
            return FileBytes.open(index.resolveSibling(name));
        } catch (NoSuchFileException missing) {
            throw new FormatException("the shard \"" + name + "\" is missing");
        }
    }

    private static Header header(String name, FileBytes shard) throws IOException {
        try {
            return SafetensorsReader.header(shard);
        } catch (FormatException broken) {
            throw new FormatException("shard \"" + name + "\": " + broken.getMessage());
        }
    }

    private static FileContent content(ShardIndex index, Map<String, Header> headers, List<FileBytes> files)
            throws FormatException {
        Map<String, String> metadata = new LinkedHashMap<>();
        headers.values().forEach(header -> metadata.putAll(header.metadata()));
        metadata.putAll(index.metadata());
        ReservedMetadata reserved = ReservedMetadata.take(metadata);
        refuseUnmapped(index, headers);
        Map<String, FileTensor> tensors = new LinkedHashMap<>();
        Map<String, ForeignItem> foreign = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : index.shards().entrySet()) {
            Header header = headers.get(entry.getValue());
            FileTensor tensor = header == null ? null : header.tensors().get(entry.getKey());
            ForeignItem item = header == null ? null : header.foreign().get(entry.getKey());
            if (item != null) {
                foreign.put(entry.getKey(), item);
                continue;
            }
            if (tensor == null) {
                throw new FormatException("the index has " + Names.quote(entry.getKey()) + " in the shard \""
                        + entry.getValue() + "\", which lacks it");
            }
            tensors.put(entry.getKey(), tensor);
        }
        Set<String> ties = Ties.restore(tensors, metadata);
        return new FileContent(tensors, metadata, Map.of(), foreign, reserved, ties, files);
    }

    private static void refuseUnmapped(ShardIndex index, Map<String, Header> headers) throws FormatException {
        for (Map.Entry<String, Header> shard : headers.entrySet()) {
            Set<String> held = new LinkedHashSet<>(shard.getValue().tensors().keySet());
            held.addAll(shard.getValue().foreign().keySet());
            for (String tensor : held) {
                String mapped = index.shards().get(tensor);
                if (!shard.getKey().equals(mapped)) {
                    throw new FormatException("the shard \"" + shard.getKey() + "\" holds " + Names.quote(tensor)
                            + ", which the index " + (mapped == null ? "lacks" : "has in \"" + mapped + "\""));
                }
            }
        }
    }
}
