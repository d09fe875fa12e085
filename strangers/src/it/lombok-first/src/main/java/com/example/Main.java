package com.example;

import dev.statedict.Parameter;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;
import lombok.AllArgsConstructor;
import lombok.Getter;
import lombok.Setter;

/** A module whose private fields have Lombok's accessors alone. */
public final class Main {
    @StateModule
    @AllArgsConstructor
    @Getter
    @Setter
    static final class Scale implements Main_ScaleState {
        @Parameter
        private Tensor factor;
    }

    public static void main(String[] arguments) {
        Scale scale = new Scale(Tensor.wrap(new float[] {2}, 1));
        StateDict kept = scale.stateDict(Policy.COPY);
        scale.getFactor().fill(3);
        scale.loadStateDict(kept, Policy.ALIAS);
        System.out.println(scale.stateDict() + " " + (scale.getFactor() == kept.get("factor")));
    }
}
