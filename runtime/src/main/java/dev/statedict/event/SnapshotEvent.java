package dev.statedict.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A state dict is copied in memory. */
@Name("dev.statedict.Snapshot")
@Label("State Dict Snapshot")
@Category("statedict")
@Description("A state dict is copied in memory")
final class SnapshotEvent extends StateEvent {}
