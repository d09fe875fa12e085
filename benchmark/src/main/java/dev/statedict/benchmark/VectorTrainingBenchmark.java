package dev.statedict.benchmark;

import org.openjdk.jmh.annotations.Fork;

/** The same in a JVM that was given the Vector API, as by a user who wants it fast. */
@Fork(jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class VectorTrainingBenchmark extends TrainingBenchmark {}
