package dev.statedict.benchmark.bars;

import dev.statedict.benchmark.FormBenchmark;
import dev.statedict.benchmark.ModelKind;
import dev.statedict.benchmark.result.Quantity;
import dev.statedict.benchmark.result.Quantity.Limit;
import dev.statedict.benchmark.result.Quantity.Measured;
import dev.statedict.benchmark.result.Quantity.Share;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;
import java.util.List;
import java.util.Locale;

/** State dicts and loads, of many small tensors and of few large ones. */
final class ModuleBars {
    private static final int TREE_TENSORS = 2_000;
    private static final int BYTES_PER_TENSOR = 64;

    private ModuleBars() {}

    static void tell(BarList bars) {
        small(bars);
        large(bars);
        forms(bars);
        movedRows(bars);
    }

    private static void small(BarList bars) {
        bars.costAtMost(1.0, "alias-2000", capture("values"), capture("valuesByHand"));
        bars.costAtMost(2.0, "alias-keys", capture("lookups"), capture("lookupsByHand"));
        bars.costAtMost(1 / 50.0, "alias-torch", capture("keys"), Sizes.torch("state_dict"));
        bars.costAtMost(2.0, "load-small", load("loadStateDict"), load("byHand"));
        bars.costAtMost(
                1.5,
                "load-small/atomic",
                load("loadStateDict").once(),
                load("byHandAtomic").once());
        bars.costAtMost(
                1 / 250.0,
                "load-torch",
                load("loadStateDict").once(),
                Sizes.torch("load_state_dict").once());
        // PyTorch's time, 10 us per tensor, is not spent on memory; the code by hand leaves the same cache as ours
        bars.growth("load-torch", load("loadStateDict"), load("byHandAtomic"));
        bars.costAtMost(
                1.5,
                "load-torch/arraycopy",
                new Sizes("LoadBenchmark.loadStateDict(model=MLP)", "LoadBenchmark.loadStateDict(model=WIDE_TREE)"),
                new Sizes("LoadBenchmark.arraycopy(model=MLP)", "LoadBenchmark.arraycopy(model=WIDE_TREE)"));
        Quantity oneByte = new Limit(new Value(1, Unit.BYTES));
        bars.costAtMost(
                BYTES_PER_TENSOR,
                "garbage",
                new Sizes(
                        new Share(new Measured("CaptureBenchmark.stateDict(model=TREE) allocated"), TREE_TENSORS),
                        new Share(
                                new Measured("CaptureBenchmark.stateDict(model=FOREST) allocated"), 10 * TREE_TENSORS)),
                new Sizes(oneByte, oneByte));
    }

    private static void large(BarList bars) {
        bars.costAtMost(1.05, "copy-large", large("copy"), large("cloneArrays"));
        bars.costAtMost(1.05, "refresh-large", large("refresh"), large("copyInPlace"));
        bars.costAtMost(
                1.05,
                "load-large",
                large("load").once(),
                Sizes.torch("large_load_state_dict").once());
        bars.costAtMost(1.05, "load-large/copy", large("load"), large("copyInPlace"));
    }

    /** What another form of the weights costs, for as many bytes. */
    private static void forms(BarList bars) {
        form(
                bars,
                "alias-2000/double",
                "CaptureBenchmark.stateDict(model=",
                ModelKind.DOUBLE_TREE.name(),
                ModelKind.TREE.name());
        for (String method : List.of("copy", "load")) {
            for (FormBenchmark.Form form : List.of(FormBenchmark.Form.DOUBLE, FormBenchmark.Form.ROWS)) {
                form(
                        bars,
                        method + "-large/" + form.name().toLowerCase(Locale.ROOT),
                        "FormBenchmark." + method + "(form=",
                        form.name(),
                        FormBenchmark.Form.FLOAT.name());
            }
        }
    }

    /** What the rows themselves cost, where a collector has moved them. */
    private static void movedRows(BarList bars) {
        bars.costAtMost(
                1.1,
                "load-large/moved-rows",
                new Measured("RowsBenchmark.load(megabytes=256)"),
                new Measured("RowsBenchmark.byHand(megabytes=256)"));
    }

    private static void form(BarList bars, String name, String benchmark, String ours, String peer) {
        bars.costAtMost(1.1, name, new Measured(benchmark + ours + ")"), new Measured(benchmark + peer + ")"));
    }

    private static Sizes capture(String method) {
        return new Sizes(
                "CaptureBenchmark." + method + "(model=TREE)", "CaptureBenchmark." + method + "(model=FOREST)");
    }

    private static Sizes load(String method) {
        return new Sizes("LoadBenchmark." + method + "(model=TREE)", "LoadBenchmark." + method + "(model=FOREST)");
    }

    private static Sizes large(String method) {
        return new Sizes(
                "LargeBenchmark." + method + "(features=8192)", "LargeBenchmark." + method + "(features=25905)");
    }
}
