package dev.statedict.sample;

/**
 * How a model did after an epoch.
 *
 * @param number from 1
 * @param training on the rows it learns from
 * @param validation on the rows that tell when to stop
 */
record Epoch(int number, Evaluation training, Evaluation validation) {}
