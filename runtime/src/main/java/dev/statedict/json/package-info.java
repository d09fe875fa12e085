/**
 * JSON (RFC 8259) in two classes that depend on nothing: a reader that accepts exactly the grammar, without duplicate
 * names, and a writer that gives the same bytes for the same calls. Internal: not exported, and free to change.
 */
@NullMarked
package dev.statedict.json;

import org.jspecify.annotations.NullMarked;
