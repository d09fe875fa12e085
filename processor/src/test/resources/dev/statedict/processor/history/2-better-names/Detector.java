package example;

import dev.statedict.Buffer;
import dev.statedict.StateModule;
import dev.statedict.Submodule;
import dev.statedict.tensor.Tensor;

@StateModule
public class Detector implements DetectorState {
    @Submodule(formerly = "cv1")
    final Block conv1 = new Block(2, 3);

    final Block head = new Block(4, 2);

    @Buffer(persistent = false)
    Tensor anchors = Tensor.scalar(0.5f);

    @Buffer
    Tensor mask = Tensor.scalar(1);

    public Detector() {}
}
