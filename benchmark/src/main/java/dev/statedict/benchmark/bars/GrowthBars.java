package dev.statedict.benchmark.bars;

/** Nothing is quadratic in what a user has many of; modules and tensors of a file are told where they are measured. */
final class GrowthBars {
    private GrowthBars() {}

    static void tell(BarList bars) {
        // what is made for each, and the stack, outgrow the first cache by hand too
        bars.growth("depth", ofDepth("captureAndLoad"), ofDepth("byHand"));
        linear(bars, "report", "ReportBenchmark.fail", "keys", 1_000);
        linear(bars, "mapping", "MappingBenchmark.map", "rules", 100);
        linear(bars, "checkpoints", "DirectoryBenchmark.save", "checkpoints", 100);
        linear(bars, "checkpoints/listed", "DirectoryBenchmark.list", "checkpoints", 100);
    }

    private static Sizes ofDepth(String method) {
        return new Sizes("DepthBenchmark." + method + "(depth=50)", "DepthBenchmark." + method + "(depth=500)");
    }

    private static void linear(BarList bars, String name, String benchmark, String parameter, int size) {
        String text = benchmark + "(" + parameter + "=%d)";
        bars.growth(name, new Sizes(text.formatted(size), text.formatted(10 * size)), Sizes.LINEAR);
    }
}
