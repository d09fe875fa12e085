package dev.statedict.io.pytorch;

import dev.statedict.StoredType;
import org.jspecify.annotations.Nullable;

/**
 * A storage as a pickle names it.
 *
 * @param key its name among the storages of the file
 * @param type its elements; null when they are bytes whose meaning the tensor says
 * @param numel the number of elements
 */
record StorageReference(String key, @Nullable StoredType type, long numel) {}
