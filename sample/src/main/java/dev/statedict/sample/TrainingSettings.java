package dev.statedict.sample;

/**
 * How to train.
 *
 * @param epochs how often to go over the training rows
 * @param learningRate the length of a step
 * @param batchSize the rows of a step
 * @param weightDecay how strongly the parameters are pulled to 0
 */
record TrainingSettings(int epochs, float learningRate, int batchSize, float weightDecay) {}
