package dev.statedict.benchmark.bars;

import dev.statedict.benchmark.result.Quantity;
import dev.statedict.benchmark.result.Quantity.Difference;
import dev.statedict.benchmark.result.Quantity.Limit;
import dev.statedict.benchmark.result.Quantity.Measured;
import dev.statedict.benchmark.result.Quantity.Share;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;

/** What whole processes take: a JVM that calls for the first time, compilers, the command, Spark. */
final class ProcessBars {
    private static final int GENERATED_BYTES = 4 * 1024;

    private ProcessBars() {}

    static void tell(BarList bars) {
        bars.costAtMost(1.0, "first-call", new Measured("first.stateDict(LOGISTIC_REGRESSION)"), milliseconds(3));
        bars.costAtMost(1.0, "first-call/2000", new Measured("first.stateDict(TREE)"), milliseconds(6));
        bars.costAtMost(
                1.0,
                "cli-ls",
                new Sizes("cli.ls(50000)", "cli.ls(500000)"),
                new Sizes("safetensors.ls(50000)", "safetensors.ls(500000)"));
        compilation(bars);
        bars.costAtMost(0.8, "spark-pass", new Measured("spark-pass"), new Measured("spark-pass peer"));
        bars.costAtMost(0.5, "spark-pass/fit", new Measured("spark-pass/fit"), new Measured("spark-pass/fit peer"));
        bars.costAtMost(1.25, "spark-pass/tree", new Measured("spark-pass/tree"), new Measured("spark-pass/tree peer"));
    }

    private static Quantity milliseconds(int number) {
        return new Limit(new Value(number * 1e3, Unit.MICROSECONDS));
    }

    private static void compilation(BarList bars) {
        Sizes autoValue = added("auto-value", 100, 1_000);
        bars.costAtMost(1.0, "compile/100", added("statedict", 100, 1_000), autoValue);
        bars.costAtMost(1.0, "compile/1000", added("statedict", 1_000), added("auto-value", 1_000));
        bars.costAtMost(0.9, "compile/4000", added("statedict", 4_000), added("auto-value", 4_000));
        bars.costAtMost(
                1.0,
                "compile/linear",
                new Share(added("statedict", 4_000), 4_000),
                new Share(added("statedict", 1_000), 1_000));
        bars.costAtMost(
                GENERATED_BYTES,
                "generated-size",
                new Sizes("generated.statedict(5)", "generated.statedict(50)"),
                new Sizes(new Limit(new Value(1, Unit.BYTES)), new Limit(new Value(10, Unit.BYTES))));
    }

    /** The time that a processor adds to javac's. */
    private static Quantity added(String processor, int classes) {
        String name = "javac." + processor + "(" + classes + ")";
        return new Difference(new Measured(name), new Measured(name + " plain"));
    }

    private static Sizes added(String processor, int classes, int tenfold) {
        return new Sizes(added(processor, classes), added(processor, tenfold));
    }
}
