package example;

import dev.statedict.Parameter;
import dev.statedict.Retired;
import dev.statedict.StateDict;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

@StateModule(version = 2)
@Retired("position_*")
public class Block implements BlockState {
    @Parameter(shape = {"out", "in", "1"}, formerly = "w")
    Tensor weight;

    Block(int out, int in) {
        weight = Tensor.zeros(out, in, 1);
    }

    static Map<String, Tensor> migrate(StateDict state, int version) {
        Map<String, Tensor> migrated = new LinkedHashMap<>(state.rename("w", "weight"));
        migrated.computeIfPresent("weight", (key, old) -> old.reshape(old.size(0), old.size(1), 1));
        return migrated;
    }
}
