package dev.statedict.io.hub;

import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.read.FileBytes;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.read.ForeignItem;
import dev.statedict.io.read.JoinedParts;
import dev.statedict.json.JsonException;
import dev.statedict.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The shards of a checkpoint that each process of a distributed training saved for itself, as PyTorch's {@code
 * torch.distributed.checkpoint.HuggingFaceStorageWriter} does: safetensors of which a text {@value #INFO} says at which
 * indices of the whole tensor each one begins. How large the whole is no shard says: it ends where its parts do.
 */
public final class DistributedShards {
    private static final String INFO = "DCP_SHARDING_INFO";
    private static final String VERSION = "DCP_VERSION";
    private static final String OFFSETS = "saved_offsets";

    private static final Pattern NAME = Pattern.compile("shard-\\d+-.*\\.safetensors");

    private DistributedShards() {}

    /** The shards in a directory, by name. */
    static List<Path> in(Path directory) throws IOException {
        return WeightsDirectory.names(
                        directory, entry -> isName(entry.getFileName().toString()))
                .stream()
                .map(directory::resolve)
                .toList();
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * What one file holds, unless it is a shard of several.
     *
     * @param content what it holds
     * @param name its name
     * @return the same without what is said of parts, where each tensor is whole
     * @throws FormatException when it is a shard; by its name, or as one of its tensors begins within the whole
     */
    public static FileContent alone(FileContent content, String name) throws FormatException {
        if (!content.metadata().containsKey(INFO)) {
            return content;
        }
        String fileName = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        if (isName(fileName) || offsets(content).values().stream().anyMatch(DistributedShards::isWithin)) {
            throw new FormatException("one shard of a distributed checkpoint of PyTorch: its tensors are parts, as "
                    + INFO + " in its metadata says; open the directory, and all shards in it are put together");
        }
        return new FileContent(
                content.tensors(),
                withoutInfo(content.metadata()),
                content.values(),
                content.foreign(),
                content.reserved(),
                content.possibleTies(),
                content.files());
    }

    private static boolean isWithin(long[] offsets) {
        return Arrays.stream(offsets).anyMatch(offset -> offset > 0);
    }

    private static Map<String, String> withoutInfo(Map<String, String> metadata) {
        Map<String, String> rest = new LinkedHashMap<>(metadata);
        rest.keySet().removeAll(Set.of(INFO, VERSION));
        return rest;
    }

    /**
     * Puts shards together.
     *
     * @param directory where they lie
     * @param opener opens each
     * @return the whole tensors, in the order in which the shards first have them
     * @throws IOException when one cannot be read, is no such shard, or they do not fit together
     */
    public static FileContent open(Path directory, ShardedReader.Opener opener) throws IOException {
        List<FileBytes> open = new ArrayList<>();
        try {
            Map<String, List<JoinedParts.Part>> parts = new LinkedHashMap<>();
            Map<String, String> metadata = new LinkedHashMap<>();
            Map<String, ForeignItem> foreign = new LinkedHashMap<>();
            ReservedMetadata reserved = ReservedMetadata.NONE;
            for (Path file : in(directory)) {
                FileContent shard;
                try {
                    shard = opener.open(FileBytes.open(file));
                    open.addAll(shard.files());
                    addParts(shard, parts);
                } catch (FormatException broken) {
                    throw new FormatException(
                            "shard " + Names.quote(file.getFileName().toString()) + ": " + broken.getMessage());
                }
                metadata.putAll(withoutInfo(shard.metadata()));
                foreign.putAll(shard.foreign());
                reserved = reserved.and(shard.reserved());
            }
            JoinedParts joined = new JoinedParts(directory.toString());
            for (Map.Entry<String, List<JoinedParts.Part>> entry : parts.entrySet()) {
                joined.add(entry.getKey(), entry.getValue());
            }
            return new FileContent(
                    joined.tensors(parts.keySet()), metadata, Map.of(), foreign, reserved, Set.of(), open);
        } catch (IOException | RuntimeException | Error failed) {
            for (FileBytes file : open) {
                file.close();
            }
            throw failed;
        }
    }

    private static void addParts(FileContent shard, Map<String, List<JoinedParts.Part>> parts) throws FormatException {
        if (!shard.metadata().containsKey(INFO)) {
            throw new FormatException("no shard of a distributed checkpoint of PyTorch, for it has no " + INFO
                    + " in its metadata; move it elsewhere");
        }
        Map<String, long[]> offsets = offsets(shard);
        for (Map.Entry<String, FileTensor> entry : shard.tensors().entrySet()) {
            long[] first = offsets.get(entry.getKey());
            if (first == null) {
                throw new FormatException(INFO + " in its metadata lacks " + Names.quote(entry.getKey()));
            }
            parts.computeIfAbsent(entry.getKey(), whole -> new ArrayList<>())
                    .add(new JoinedParts.Part(first, entry.getValue()));
        }
    }

    /** By key, the indices of the first element: <code>{"fc.weight": {"saved_offsets": [0, 8]}}</code>. */
    private static Map<String, long[]> offsets(FileContent shard) throws FormatException {
        String text = shard.metadata().getOrDefault(INFO, "");
        JsonReader json = new JsonReader(text.getBytes(StandardCharsets.UTF_8));
        Map<String, long[]> offsets = new HashMap<>();
        try {
            json.beginObject();
            while (json.hasNext()) {
                String key = json.nextName();
                json.beginObject();
                while (json.hasNext()) {
                    if (json.nextName().equals(OFFSETS)) {
                        offsets.put(key, longs(json));
                    } else {
                        json.skipValue();
                    }
                }
                json.endObject();
            }
            json.endObject();
            json.endDocument();
        } catch (JsonException malformed) {
            throw FormatException.of("metadata \"%s\", byte %,d: %s", INFO, malformed.offset(), malformed.problem());
        }
        return offsets;
    }

    private static long[] longs(JsonReader json) throws JsonException {
        List<Long> longs = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            longs.add(json.nextLong());
        }
        json.endArray();
        return longs.stream().mapToLong(Long::longValue).toArray();
    }
}
