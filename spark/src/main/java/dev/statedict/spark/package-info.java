/**
 * Data-parallel training on Apache Spark whose result does not depend on the cluster: gradients are summed along a fixed tree, so
 * that one process, any number of executors and any number of partitions give the same bits.
 */
@NullMarked
package dev.statedict.spark;

import org.jspecify.annotations.NullMarked;
