package dev.statedict.benchmark;

import org.openjdk.jmh.annotations.Fork;

/** The same on a processor that has vectors of 256 bits alone, which one with wider ones is made to be. */
@Fork(jvmArgsAppend = "-XX:UseAVX=2")
public class Avx2TrainingBenchmark extends TrainingBenchmark {}
