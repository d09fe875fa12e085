/** State dicts: what a module class declares, what is generated for it, and what a dict is. */
@NullMarked
package dev.statedict;

import org.jspecify.annotations.NullMarked;
