/**
 * Internal: what is computed by the JDK's Vector API, which is an incubator yet. It is compiled apart from the rest, which does not
 * require its module, and loaded only where a JVM was started with {@code --add-modules jdk.incubator.vector}.
 */
@NullMarked
package dev.statedict.tensor.vector;

import org.jspecify.annotations.NullMarked;
