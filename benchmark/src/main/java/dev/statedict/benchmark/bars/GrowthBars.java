package dev.statedict.benchmark.bars;

/** Nothing is quadratic in what a user has many of; modules and tensors of a file are told where they are measured. */
final class GrowthBars {
    private GrowthBars() {}

    static void tell(BarList bars) {
        linear(bars, "depth", "DepthBenchmark.captureAndLoad", "depth", 50);
        linear(bars, "report", "ReportBenchmark.fail", "keys", 1_000);
        linear(bars, "mapping", "MappingBenchmark.map", "rules", 100);
        linear(bars, "checkpoints", "DirectoryBenchmark.save", "checkpoints", 100);
        linear(bars, "checkpoints/listed", "DirectoryBenchmark.list", "checkpoints", 100);
    }

    private static void linear(BarList bars, String name, String benchmark, String parameter, int size) {
        String text = benchmark + "(" + parameter + "=%d)";
        bars.growth(name, new Sizes(text.formatted(size), text.formatted(10 * size)), Sizes.LINEAR);
    }
}
