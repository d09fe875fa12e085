package dev.statedict.benchmark;

import dev.statedict.benchmark.result.Bar;
import dev.statedict.benchmark.result.Bar.Comparison;
import dev.statedict.benchmark.result.Quantity;
import dev.statedict.benchmark.result.Quantity.Difference;
import dev.statedict.benchmark.result.Quantity.Limit;
import dev.statedict.benchmark.result.Quantity.Measured;
import dev.statedict.benchmark.result.Quantity.Quotient;
import dev.statedict.benchmark.result.Quantity.Share;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;
import java.util.ArrayList;
import java.util.List;

/** The bars: what is compared with what, and what the ratio is held against. */
final class Bars {
    private static final double GROWTH = 1.25;
    private static final int TREE_TENSORS = 2_000;
    private static final int BYTES_PER_TENSOR = 64;
    private static final int GENERATED_BYTES = 4 * 1024;
    private static final Quantity BYTE = new Limit(new Value(1, Unit.BYTES));

    private final List<Bar> bars = new ArrayList<>();
    private final List<Bar> growths = new ArrayList<>();

    private Bars() {}

    /** All bars: those of one size, then how each grows when the size is tenfold. */
    static List<Bar> all() {
        Bars bars = new Bars();
        bars.small();
        bars.large();
        bars.files();
        bars.compilation();
        bars.training();
        List<Bar> all = new ArrayList<>(bars.bars);
        all.addAll(bars.growths);
        return List.copyOf(all);
    }

    private void small() {
        costAtMost(1.0, "alias-2000", capture("values"), capture("valuesByHand"));
        costAtMost(2.0, "alias-keys", capture("lookups"), capture("lookupsByHand"));
        costAtMost(1 / 30.0, "alias-torch", capture("keys"), torch("state_dict"));
        costAtMost(1.5, "load-small", load("loadStateDict"), load("byHand"));
        costAtMost(1 / 50.0, "load-torch", load("loadStateDict"), torch("load_state_dict"));
        costAtMost(
                1.5,
                "load-torch/arraycopy",
                new Sizes("LoadBenchmark.loadStateDict(model=MLP)", "LoadBenchmark.loadStateDict(model=WIDE_TREE)"),
                new Sizes("LoadBenchmark.arraycopy(model=MLP)", "LoadBenchmark.arraycopy(model=WIDE_TREE)"));
        costAtMost(BYTES_PER_TENSOR, "garbage", capture("stateDict").allocatedPerTensor(), new Sizes(BYTE, BYTE));
    }

    private void large() {
        costAtMost(1.05, "copy-large", large("copy"), large("cloneArrays"));
        costAtMost(1.1, "refresh-large", large("refresh"), large("copyInPlace"));
        costAtMost(1.0, "load-large", large("load"), torch("large_load_state_dict"));
        costAtMost(1.1, "load-large/copy", large("load"), large("copyInPlace"));
    }

    private void files() {}

    private void compilation() {
        Sizes autoValue = added("auto-value", 100, 1_000);
        costAtMost(1.0, "compile/100", added("statedict", 100, 1_000), autoValue);
        for (int classes : new int[] {1_000, 4_000}) {
            bars.add(new Bar(
                    "compile/" + classes,
                    added("statedict", classes),
                    added("auto-value", classes),
                    Comparison.COST_AT_MOST,
                    1.0));
        }
        bars.add(new Bar(
                "compile/linear",
                new Share(added("statedict", 4_000), 4_000),
                new Share(added("statedict", 1_000), 1_000),
                Comparison.COST_AT_MOST,
                1.0));
        costAtMost(
                GENERATED_BYTES,
                "generated-size",
                new Sizes("generated.statedict(5)", "generated.statedict(50)"),
                new Sizes(BYTE, new Limit(new Value(10, Unit.BYTES))));
    }

    /** The time that a processor adds to javac's. */
    private static Quantity added(String processor, int classes) {
        String name = "javac." + processor + "(" + classes + ")";
        return new Difference(new Measured(name), new Measured(name + " plain"));
    }

    private static Sizes added(String processor, int classes, int tenfold) {
        return new Sizes(added(processor, classes), added(processor, tenfold));
    }

    private void training() {
        costAtMost(1.0, "train", training("train"), torch("train"));
        costAtMost(1.0, "predict", training("predict"), torch("predict"));
    }

    private void costAtMost(double target, String name, Sizes ours, Sizes peer) {
        add(name, ours, peer, Comparison.COST_AT_MOST, target);
    }

    private void add(String name, Sizes ours, Sizes peer, Comparison comparison, double target) {
        bars.add(new Bar(name, ours.once, peer.once, comparison, target));
        growths.add(new Bar("growth/" + name, ours.growth(), peer.growth(), Comparison.COST_AT_MOST, GROWTH));
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

    private static Sizes training(String method) {
        return new Sizes(
                "TrainingBenchmark." + method + "(rows=200000)", "TrainingBenchmark." + method + "(rows=2000000)");
    }

    private static Sizes torch(String measurement) {
        return new Sizes("torch." + measurement, "torch." + measurement + " x10");
    }

    /** A quantity at the size of its bar, and at ten times that. */
    private record Sizes(Quantity once, Quantity tenfold) {
        Sizes(String once, String tenfold) {
            this(new Measured(once), new Measured(tenfold));
        }

        Quantity growth() {
            return new Quotient(tenfold, once);
        }

        Sizes allocatedPerTensor() {
            return new Sizes(
                    new Share(allocated(once), TREE_TENSORS), new Share(allocated(tenfold), 10 * TREE_TENSORS));
        }

        private static Quantity allocated(Quantity time) {
            return new Measured(time.names().findFirst().orElseThrow() + " allocated");
        }
    }
}
