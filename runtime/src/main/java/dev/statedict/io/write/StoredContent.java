package dev.statedict.io.write;

import dev.statedict.io.file.ReservedMetadata;
import java.util.List;
import java.util.Map;

/**
 * What is to be written to a file.
 *
 * @param entries the tensors, in the order of their dict
 * @param metadata texts by name, without the reserved one
 * @param reserved what statedict itself has to say
 */
public record StoredContent(List<StoredEntry> entries, Map<String, String> metadata, ReservedMetadata reserved) {}
