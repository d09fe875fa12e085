package dev.statedict.benchmark.bars;

import dev.statedict.benchmark.result.Quantity.Measured;
import java.util.List;

/** Files of many small tensors, and files that were made to stall their reader, beside PyTorch's and safetensors' readers. */
final class ManyTensorsBars {
    private ManyTensorsBars() {}

    static void tell(BarList bars) {
        for (String format : List.of("pt", "safetensors")) {
            Sizes ours = new Sizes(load(format, 5_000), load(format, 50_000));
            Sizes theirs = Sizes.torch("load_many_" + format);
            bars.costAtMost(0.5, "many-tensors/" + format, ours.tenfold(), theirs.tenfold());
            // 50,000 tensors and their keys stay in nobody's caches
            bars.growth("many-tensors/" + format, ours, theirs);
        }
        bars.costAtMost(1.0, "pt-hostile", new Measured("hostile.statedict"), new Measured("hostile.torch"));
    }

    private static String load(String format, int tensors) {
        return "SmallTensorsBenchmark.load(format=" + format + ",tensors=" + tensors + ")";
    }
}
