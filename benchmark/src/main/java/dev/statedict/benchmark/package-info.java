/** Measurements, each beside its peers and its physical limit. {@code benchmark/run} runs them all. */
@NullMarked
package dev.statedict.benchmark;

import org.jspecify.annotations.NullMarked;
