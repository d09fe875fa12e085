package dev.statedict.benchmark;

import org.openjdk.jmh.annotations.Fork;

/** The same with both. */
@Fork(jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-XX:UseAVX=2"})
public class Avx2VectorTrainingBenchmark extends TrainingBenchmark {}
