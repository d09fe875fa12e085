package dev.statedict.benchmark.bars;

import dev.statedict.benchmark.result.Bar;
import java.util.List;
import java.util.Set;

/** All bars, and what else a full run measures. */
public final class Bars {
    private Bars() {}

    /** {@return all bars: those of one size, then how each grows when the size is tenfold} */
    public static List<Bar> all() {
        BarList bars = new BarList();
        ModuleBars.tell(bars);
        FileBars.tell(bars);
        ManyTensorsBars.tell(bars);
        ProcessBars.tell(bars);
        ArithmeticBars.tell(bars);
        MemoryBars.tell(bars);
        GrowthBars.tell(bars);
        return bars.all();
    }

    /** {@return the names of what a full run measures beside the bars} */
    public static List<String> alsoMeasured() {
        return List.of(
                "CaptureBenchmark.keys(model=LOGISTIC_REGRESSION)",
                "CaptureBenchmark.keys(model=MLP)",
                "LoadBenchmark.loadIntoAnother(model=TREE)",
                "LoadBenchmark.loadMap(model=TREE)",
                "LargeBenchmark.arraycopy(features=8192)",
                "LoadFileBenchmark.readThroughOneBuffer(megabytes=256)",
                "TrainingBenchmark.train(rows=200000)",
                "TrainingBenchmark.predict(rows=200000)",
                "TrainingBenchmark.trainOnAllProcessors(rows=200000)",
                "Avx2TrainingBenchmark.train(rows=200000)",
                "Avx2TrainingBenchmark.predict(rows=200000)",
                "torch.mlp_state_dict",
                "torch.mlp_load_state_dict",
                "torch.large_clone",
                "javac.immutables(1000)",
                "javac.immutables(1000) plain",
                "first.stateDictByHand(LOGISTIC_REGRESSION)",
                "first.stateDictByHand(TREE)");
    }

    /** {@return the names of what depends on the speed of the memory most, and is measured in many rounds therefore} */
    public static Set<String> inManyProcesses() {
        return Set.of(
                "LargeBenchmark.refresh(features=8192)",
                "LargeBenchmark.load(features=8192)",
                "LargeBenchmark.copyInPlace(features=8192)",
                "FormBenchmark.copy(form=DOUBLE)",
                "FormBenchmark.copy(form=FLOAT)",
                "torch.large_load_state_dict");
    }
}
