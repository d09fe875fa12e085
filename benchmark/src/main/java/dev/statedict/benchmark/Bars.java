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
import java.util.Locale;

/** The bars: what is compared with what, and what the ratio is held against. */
final class Bars {
    private static final double GROWTH = 1.25;
    private static final int TREE_TENSORS = 2_000;
    private static final int BYTES_PER_TENSOR = 64;
    private static final String NOT_FLUSHED = ",flush=false";
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
        bars.forms();
        bars.files();
        bars.command();
        bars.compilation();
        bars.training();
        List<Bar> all = new ArrayList<>(bars.bars);
        all.addAll(bars.growths);
        return List.copyOf(all);
    }

    /** What a full run measures beside the bars. */
    static List<String> alsoMeasured() {
        return List.of(
                "CaptureBenchmark.keys(model=LOGISTIC_REGRESSION)",
                "CaptureBenchmark.keys(model=MLP)",
                "LoadBenchmark.loadMap(model=TREE)",
                "LargeBenchmark.arraycopy(features=8192)",
                "FileBenchmark.readThroughOneBuffer(megabytes=256)",
                "torch.mlp_state_dict",
                "torch.mlp_load_state_dict",
                "torch.large_clone",
                "javac.immutables(1000)",
                "javac.immutables(1000) plain",
                "first.stateDict(LOGISTIC_REGRESSION)",
                "first.stateDictByHand(LOGISTIC_REGRESSION)",
                "first.stateDict(TREE)",
                "first.stateDictByHand(TREE)");
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

    /** What another form of the weights costs, for as many bytes. */
    private void forms() {
        form(
                "alias-2000/double",
                "CaptureBenchmark.stateDict(model=",
                ModelKind.DOUBLE_TREE.name(),
                ModelKind.TREE.name());
        for (String method : List.of("copy", "load")) {
            for (FormBenchmark.Form form : List.of(FormBenchmark.Form.DOUBLE, FormBenchmark.Form.ROWS)) {
                form(
                        method + "-large/" + form.name().toLowerCase(Locale.ROOT),
                        "FormBenchmark." + method + "(form=",
                        form.name(),
                        FormBenchmark.Form.FLOAT.name());
            }
        }
    }

    private void form(String name, String benchmark, String ours, String peer) {
        bars.add(new Bar(
                name,
                new Measured(benchmark + ours + ")"),
                new Measured(benchmark + peer + ")"),
                Comparison.COST_AT_MOST,
                1.1));
    }

    private void large() {
        costAtMost(1.05, "copy-large", large("copy"), large("cloneArrays"));
        costAtMost(1.1, "refresh-large", large("refresh"), large("copyInPlace"));
        costAtMost(1.0, "load-large", large("load"), torch("large_load_state_dict"));
        costAtMost(1.1, "load-large/copy", large("load"), large("copyInPlace"));
    }

    private void files() {
        for (int megabytes : new int[] {256, 1_024}) {
            Quantity save = file("save", megabytes, NOT_FLUSHED);
            Quantity load = file("load", megabytes, "");
            speedAtLeast(0.8, "save/" + megabytes, save, file("saveByChannel", megabytes, NOT_FLUSHED));
            speedAtLeast(0.8, "load-file/" + megabytes, load, file("loadByChannel", megabytes, ""));
            speedAtLeast(1.5, "save-torch/" + megabytes, save, new Measured("torch.save_" + megabytes));
            speedAtLeast(
                    1.5,
                    "load-file-torch/" + megabytes,
                    file("loadIntoModule", megabytes, ""),
                    new Measured("torch.load_file_" + megabytes));
        }
        speedAtLeast(0.8, "save/flushed", file("save", 256, ",flush=true"), file("saveByChannel", 256, ",flush=true"));
        Quantity channel = file("saveByChannel", 256, NOT_FLUSHED);
        speedAtLeast(0.5, "serialize/256", file("serialize", 256, NOT_FLUSHED), channel);
        speedAtLeast(1.0, "npz/256", file("saveArchive", 256, NOT_FLUSHED), new Measured("torch.savez_256"));
        bars.add(new Bar(
                "open-lazy",
                file("openLazily", 1_024, ""),
                file("load", 1_024, ""),
                Comparison.COST_AT_MOST,
                1 / 50.0));
        speedAtLeast(
                0.8,
                "save-stream/256",
                file("saveToStream", 256, NOT_FLUSHED),
                file("saveByChannel", 256, NOT_FLUSHED));
        speedAtLeast(0.8, "load-stream/256", file("loadFromStream", 256, ""), file("loadByChannel", 256, ""));
        bars.add(new Bar(
                "open-http",
                file("openOverHttp", 1_024, ""),
                file("loadOverHttp", 1_024, ""),
                Comparison.COST_AT_MOST,
                1 / 50.0));
        growth("save", files("save", NOT_FLUSHED), files("saveByChannel", NOT_FLUSHED));
        growth("load-file", files("load", ""), files("loadByChannel", ""));
        growth("save-torch", files("save", NOT_FLUSHED), torch("save_256"));
        growth("load-file-torch", files("loadIntoModule", ""), torch("load_file_256"));
        growth("open-lazy", files("openLazily", ""), files("load", ""));
    }

    private void command() {
        costAtMost(
                1.0,
                "cli-ls",
                new Sizes("cli.ls(50000)", "cli.ls(500000)"),
                new Sizes("safetensors.ls(50000)", "safetensors.ls(500000)"));
    }

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
        costAtMost(1.1, "ema-inplace", arithmetic("emaInPlace"), arithmetic("emaLoop"));
        costAtMost(1.2, "average/8", arithmetic("averageOfEight"), arithmetic("readEight"));
        bars.add(new Bar(
                "async-stall",
                new Measured("CheckpointBenchmark.save(features=8192)"),
                large("copyInPlace").once,
                Comparison.COST_AT_MOST,
                1.1));
    }

    private void costAtMost(double target, String name, Sizes ours, Sizes peer) {
        bars.add(new Bar(name, ours.once, peer.once, Comparison.COST_AT_MOST, target));
        growth(name, ours, peer);
    }

    private void speedAtLeast(double target, String name, Quantity ours, Quantity peer) {
        bars.add(new Bar(name, ours, peer, Comparison.SPEED_AT_LEAST, target));
    }

    private void growth(String name, Sizes ours, Sizes peer) {
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

    private static Quantity file(String method, int megabytes, String parameters) {
        return new Measured("FileBenchmark." + method + "(megabytes=" + megabytes + parameters + ")");
    }

    private static Sizes files(String method, String parameters) {
        return new Sizes(file(method, 256, parameters), file(method, 2_560, parameters));
    }

    private static Sizes training(String method) {
        return new Sizes(
                "TrainingBenchmark." + method + "(rows=200000)", "TrainingBenchmark." + method + "(rows=2000000)");
    }

    private static Sizes arithmetic(String method) {
        return new Sizes(
                "ArithmeticBenchmark." + method + "(megabytes=64)",
                "ArithmeticBenchmark." + method + "(megabytes=640)");
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
