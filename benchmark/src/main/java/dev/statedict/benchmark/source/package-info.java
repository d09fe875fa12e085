/** Where measurements come from: JMH, PyTorch, compilers, fresh processes. */
@NullMarked
package dev.statedict.benchmark.source;

import org.jspecify.annotations.NullMarked;
