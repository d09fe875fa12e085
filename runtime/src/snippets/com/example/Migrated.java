package com.example;

import dev.statedict.Parameter;
import dev.statedict.StateDict;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;
import java.util.Map;

// @start region="migration"
@StateModule(version = 2)
class Migrated implements MigratedState {
    @Parameter
    Tensor weight = Tensor.zeros(2, 3); // [out, in]

    // version 1 had [in, out]; roles, stored types, extra state and versions stay
    static Map<String, Tensor> migrate(StateDict state, int version) {
        Tensor weight = state.get("weight");
        return weight == null
                ? state
                : state.toBuilder()
                        .replace("weight", weight.transpose(0, 1))
                        .build();
    }
}
// @end
