/** The models that are measured, and the code that a person would write for them. */
@NullMarked
package dev.statedict.benchmark.model;

import org.jspecify.annotations.NullMarked;
