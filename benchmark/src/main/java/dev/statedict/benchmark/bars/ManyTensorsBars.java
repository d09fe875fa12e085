package dev.statedict.benchmark.bars;

import dev.statedict.benchmark.result.Quantity.Measured;
import java.util.List;

/** Files of many small tensors, and files that were made to stall their reader, beside PyTorch's and safetensors' readers. */
final class ManyTensorsBars {
    private ManyTensorsBars() {}

    static void tell(BarList bars) {
        for (String format : List.of("pt", "safetensors")) {
            Sizes ours = new Sizes(load(format, 5_000), load(format, 50_000));
            bars.costAtMost(
                    0.5,
                    "many-tensors/" + format,
                    ours.tenfold(),
                    Sizes.torch("load_many_" + format).tenfold());
            bars.growth("many-tensors/" + format, ours, Sizes.LINEAR);
        }
        bars.costAtMost(1.0, "pt-hostile", new Measured("hostile.statedict"), new Measured("hostile.torch"));
    }

    private static String load(String format, int tensors) {
        return "SmallTensorsBenchmark.load(format=" + format + ",tensors=" + tensors + ")";
    }
}
