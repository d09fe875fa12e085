/**
 * Text that is not a dict's own: globs on keys, long lists of keys, Python's {@code repr}.
 *
 * <p>Internal: the module does not export it.
 */
@NullMarked
package dev.statedict.text;

import org.jspecify.annotations.NullMarked;
