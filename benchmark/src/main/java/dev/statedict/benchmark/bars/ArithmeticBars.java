package dev.statedict.benchmark.bars;

import dev.statedict.benchmark.result.Quantity.Measured;

/** Training, predicting, averages, and what a checkpoint takes from them. */
final class ArithmeticBars {
    private ArithmeticBars() {}

    static void tell(BarList bars) {
        bars.costAtMost(0.8, "train", training("train"), Sizes.torch("train"));
        bars.costAtMost(0.9, "predict", training("predict"), Sizes.torch("predict"));
        bars.costAtMost(
                0.8,
                "train/avx2",
                new Measured("Avx2VectorTrainingBenchmark.train(rows=200000)"),
                new Measured("torch.train avx2"));
        bars.costAtMost(
                0.9,
                "predict/avx2",
                new Measured("Avx2VectorTrainingBenchmark.predict(rows=200000)"),
                new Measured("torch.predict avx2"));
        bars.costAtMost(
                0.8, "train/threads", training("trainOnAllProcessors").once(), new Measured("torch.train_threads"));
        bars.costAtMost(1.1, "ema-inplace", arithmetic("emaInPlace"), arithmetic("emaLoop"));
        bars.costAtMost(1.2, "average/8", arithmetic("averageOfEight"), arithmetic("readEight"));
        bars.costAtMost(
                1.1,
                "async-stall",
                new Measured("CheckpointBenchmark.save(features=8192)"),
                new Measured("CheckpointBenchmark.copyInPlace(features=8192)"));
    }

    private static Sizes training(String method) {
        return new Sizes(
                "VectorTrainingBenchmark." + method + "(rows=200000)",
                "VectorTrainingBenchmark." + method + "(rows=2000000)");
    }

    private static Sizes arithmetic(String method) {
        return new Sizes(
                "ArithmeticBenchmark." + method + "(megabytes=64)",
                "ArithmeticBenchmark." + method + "(megabytes=640)");
    }
}
