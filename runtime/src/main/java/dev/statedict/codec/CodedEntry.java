package dev.statedict.codec;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a dict.
 *
 * @param key its key
 * @param tensor its tensor
 * @param role what it is to its module; null where nothing is known
 * @param storedType as what it is stored in files; null for the type of its arrays
 */
public record CodedEntry(
        String key,
        CodedTensor tensor,
        @Nullable String role,
        @Nullable String storedType) {}
