package dev.statedict.io.safetensors;

import dev.statedict.io.read.FileTensor;
import java.util.Map;

/**
 * What the header of one file says.
 *
 * @param metadata all of it, in its order
 * @param tensors by name, in the order in which they lie in the file
 */
record Header(Map<String, String> metadata, Map<String, FileTensor> tensors) {}
