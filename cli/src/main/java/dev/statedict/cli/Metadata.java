package dev.statedict.cli;

import dev.statedict.io.Checkpoint;
import java.util.LinkedHashMap;
import java.util.Map;

/** The texts that a file carries about itself. */
final class Metadata {
    private Metadata() {}

    /** Those of a file but for ties, which safetensors keeps among them, and which are listed and written with the tensors. */
    static Map<String, String> of(Checkpoint checkpoint) {
        Map<String, String> metadata = new LinkedHashMap<>(checkpoint.metadata());
        metadata.entrySet()
                .removeIf(text -> checkpoint.keys().contains(text.getKey())
                        && checkpoint.keys().contains(text.getValue()));
        return metadata;
    }
}
