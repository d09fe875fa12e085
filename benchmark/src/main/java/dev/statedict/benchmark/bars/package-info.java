/** The bars: what is compared with what, and what the ratio is held against. */
@NullMarked
package dev.statedict.benchmark.bars;

import org.jspecify.annotations.NullMarked;
