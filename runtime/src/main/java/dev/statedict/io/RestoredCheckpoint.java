package dev.statedict.io;

import dev.statedict.LoadReport;
import java.util.List;

/**
 * What a restore did.
 *
 * @param checkpoint what the parts hold now
 * @param report the load over all parts together, their names before the keys
 * @param damaged the newer ones that were passed over, the newest first; empty unless
 *     {@link CheckpointManagerOptions#allowDamaged} was asked for
 */
public record RestoredCheckpoint(SavedCheckpoint checkpoint, LoadReport report, List<SavedCheckpoint> damaged) {}
