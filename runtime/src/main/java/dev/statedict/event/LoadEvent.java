package dev.statedict.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A state dict is read from a file. */
@Name("dev.statedict.Load")
@Label("State Dict Load")
@Category("statedict")
@Description("A state dict is read from a file")
final class LoadEvent extends StateEvent {}
