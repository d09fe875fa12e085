/** What was measured, the bars it is held against, and the text that says so. */
@NullMarked
package dev.statedict.benchmark.result;

import org.jspecify.annotations.NullMarked;
