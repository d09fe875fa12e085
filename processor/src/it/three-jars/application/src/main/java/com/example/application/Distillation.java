package com.example.application;

import com.example.networks.Classifier;
import dev.statedict.StateModule;

/** A module class that no other JPMS module may see. */
@StateModule
record Distillation(Classifier teacher, Classifier student) implements DistillationState {}
