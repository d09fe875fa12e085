package dev.statedict.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A state dict is saved to a file. */
@Name("dev.statedict.Save")
@Label("State Dict Save")
@Category("statedict")
@Description("A state dict is saved to a file")
final class SaveEvent extends StateEvent {}
