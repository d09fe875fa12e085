/**
 * A model as a user writes it, and what state dicts do to it: {@code trace} prints the experiment that PyTorch users
 * misread, {@code train} trains on handwritten digits and keeps the best weights the wrong way and the right way.
 */
@NullMarked
package dev.statedict.sample;

import org.jspecify.annotations.NullMarked;
