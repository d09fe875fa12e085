package com.example;

import dev.statedict.Parameter;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;
import lombok.AllArgsConstructor;
import lombok.Getter;
import lombok.Setter;
import lombok.Value;

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

    /** Lombok makes the field private and final. */
    @StateModule
    @Value
    static class Shift implements Main_ShiftState {
        @Parameter
        Tensor amount;
    }

    public static void main(String[] arguments) {
        Scale scale = new Scale(Tensor.wrap(new float[] {2}, 1));
        StateDict kept = scale.stateDict(Policy.COPY);
        scale.getFactor().fill(3);
        scale.loadStateDict(kept, Policy.ALIAS);
        System.out.println(scale.stateDict() + " " + (scale.getFactor() == kept.get("factor")));

        Shift shift = new Shift(Tensor.wrap(new float[] {4}, 1));
        kept = shift.stateDict(Policy.COPY);
        shift.getAmount().fill(5);
        shift.loadStateDict(kept);
        System.out.println(shift.stateDict());
    }
}
