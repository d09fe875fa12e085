package com.example.networks;

import com.example.layers.Linear;
import com.example.layers.Network;
import dev.statedict.Submodule;
import java.util.List;

/** Extends a module of another package and another jar, and holds that jar's modules. */
public class Classifier extends Network implements ClassifierState {
    final List<Linear> hidden;

    @Submodule("fc")
    private final Linear output;

    public Classifier(int in, int width, int classes) {
        hidden = List.of(new Linear(in, width), new Linear(width, width));
        output = new Linear(width, classes);
    }

    public Linear output() {
        return output;
    }
}
