package dev.statedict.benchmark;

import org.openjdk.jmh.annotations.Fork;

/** The same in a JVM that was given the Vector API, with vectors of 256 bits alone. */
@Fork(jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-XX:UseAVX=2"})
public class Avx2VectorTrainingBenchmark extends TrainingBenchmark {}
