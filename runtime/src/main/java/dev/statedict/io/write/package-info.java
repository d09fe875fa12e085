/**
 * Writing files of any format: what of a dict is stored and as which type, its way into bytes, and a file that is replaced
 * as a whole or not at all. Internal: not exported, and free to change.
 */
@NullMarked
package dev.statedict.io.write;

import org.jspecify.annotations.NullMarked;
