/** Looking into modules. */
@NullMarked
package dev.statedict.inspect;

import org.jspecify.annotations.NullMarked;
