package example;

import dev.statedict.Buffer;
import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

@StateModule
public class Block implements BlockState {
    @Parameter(shape = {"out", "in"}, formerly = "w")
    Tensor weight;

    @Buffer
    Tensor position_ids = Tensor.scalar(0);

    Block(int out, int in) {
        weight = Tensor.zeros(out, in);
    }
}
