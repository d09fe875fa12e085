package com.example;

import dev.statedict.Parameter;
import dev.statedict.StateDict;
import dev.statedict.StateHooks;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;
import java.util.Map;

/** A module that reads an old name, and hands its weight out as others store it. */
@StateModule
class Renamed implements RenamedState, StateHooks {
    @Parameter
    Tensor weight = Tensor.zeros(2, 3);

    // @start region="hooks"
    // an old name of a member, as a class may know it
    @Override
    public Map<String, Tensor> beforeLoad(String prefix, StateDict state) {
        return state.rename(prefix + "old", prefix + "weight");
    }

    // weights that were stored transposed: one entry is replaced, and all else stays as it is
    @Override
    public StateDict afterStateDict(String prefix, StateDict state) {
        Tensor weight = state.get(prefix + "weight");
        return state.toBuilder()
                .replace(prefix + "weight", weight.transpose(0, 1))
                .build();
    }
    // @end
}
