package dev.statedict.benchmark.bars;

import dev.statedict.benchmark.result.Quantity;
import dev.statedict.benchmark.result.Quantity.Difference;
import dev.statedict.benchmark.result.Quantity.Limit;
import dev.statedict.benchmark.result.Quantity.Measured;
import dev.statedict.benchmark.result.Unit;
import dev.statedict.benchmark.result.Value;

/**
 * What an operation allocates beyond what it gives, all in all, which its peak cannot exceed: held against a number of bytes
 * that does not depend on the size of the tensors.
 */
final class MemoryBars {
    private static final int KILOBYTE = 1 << 10;
    private static final int MEGABYTE = 1 << 20;
    private static final int LAYER = 4 * (8192 * 8192 + 8192);
    private static final int FILE = 256 * MEGABYTE;

    private MemoryBars() {}

    static void tell(BarList bars) {
        beyond(bars, "copy", LAYER, "LargeBenchmark.copy(features=8192)", 16 * KILOBYTE);
        beyond(bars, "refresh", 0, "LargeBenchmark.refresh(features=8192)", 16 * KILOBYTE);
        beyond(bars, "load", 0, "LargeBenchmark.load(features=8192)", 16 * KILOBYTE);
        beyond(bars, "ema", 0, "ArithmeticBenchmark.emaInPlace(megabytes=64)", 16 * KILOBYTE);
        beyond(bars, "average", 0, "ArithmeticBenchmark.averageOfEight(megabytes=64)", 256 * KILOBYTE);
        beyond(bars, "save", 0, "SaveBenchmark.save(megabytes=256,flush=false)", 4 * MEGABYTE);
        beyond(bars, "save-stream", 0, "SaveBenchmark.saveToStream(megabytes=256,flush=false)", 6 * MEGABYTE);
        beyond(bars, "load-file", FILE, "LoadFileBenchmark.load(megabytes=256)", 4 * MEGABYTE);
        beyond(bars, "load-file/module", FILE, "LoadFileBenchmark.loadIntoModule(megabytes=256)", 4 * MEGABYTE);
        beyond(bars, "load-stream", FILE, "LoadFileBenchmark.loadFromStream(megabytes=256)", 6 * MEGABYTE);
        beyond(bars, "async-save", 0, "CheckpointBenchmark.save(features=8192)", 4 * MEGABYTE);
    }

    private static void beyond(BarList bars, String name, int given, String benchmark, int bytes) {
        Quantity allocated = new Measured(benchmark + " allocated");
        bars.costAtMost(
                1.0, "memory/" + name, given == 0 ? allocated : new Difference(allocated, bytes(given)), bytes(bytes));
    }

    private static Quantity bytes(int number) {
        return new Limit(new Value(number, Unit.BYTES));
    }
}
