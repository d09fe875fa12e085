package example;

import dev.statedict.Buffer;
import dev.statedict.Parameter;
import dev.statedict.StateModule;
import dev.statedict.tensor.Tensor;

@StateModule
public class Block implements BlockState {
    @Parameter(shape = {"out", "in"})
    Tensor w;

    @Buffer
    Tensor position_ids = Tensor.scalar(0);

    Block(int out, int in) {
        w = Tensor.zeros(out, in);
    }
}
