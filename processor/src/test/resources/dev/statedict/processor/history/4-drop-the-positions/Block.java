package example;

import dev.statedict.Parameter;
import dev.statedict.Retired;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

@StateModule
@Retired("position_*")
public class Block implements BlockState {
    @Parameter(shape = {"out", "in"}, formerly = "w")
    Tensor weight;

    Block(int out, int in) {
        weight = Tensor.zeros(out, in);
    }
}
