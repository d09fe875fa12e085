package example;

import dev.statedict.Buffer;
import dev.statedict.Retired;
import dev.statedict.StateDict;
import dev.statedict.StateModule;
import dev.statedict.Submodule;
import dev.statedict.tensor.Tensor;
import java.util.Map;

@StateModule(version = 2)
@Retired("head.*")
public class Detector implements DetectorState {
    @Submodule(formerly = "cv1")
    final Block conv1 = new Block(2, 3);

    @Submodule(addedIn = 2)
    final Block boxes = new Block(3, 2);

    @Submodule(addedIn = 2)
    final Block classes = new Block(1, 2);

    @Buffer(persistent = false)
    Tensor anchors = Tensor.scalar(0.5f);

    @Buffer
    Tensor mask = Tensor.scalar(1);

    public Detector() {}

    static Map<String, Tensor> migrate(StateDict state, int version) {
        StateDict head = state.sub("head").rename("w", "weight");
        Tensor weight = head.get("weight");
        return state.filter(key -> !key.startsWith("head."))
                .union(StateDict.builder()
                        .put("boxes.weight", weight.narrow(0, 0, 3))
                        .put("boxes.position_ids", head.get("position_ids"))
                        .put("classes.weight", weight.narrow(0, 3, 1))
                        .put("classes.position_ids", head.get("position_ids"))
                        .build());
    }
}
