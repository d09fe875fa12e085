package dev.statedict.benchmark.bars;

import dev.statedict.benchmark.result.Quantity;
import dev.statedict.benchmark.result.Quantity.Measured;

/** Files and streams of a thousand tensors. */
final class FileBars {
    private static final String NOT_FLUSHED = ",flush=false";
    private static final String FLUSHED = ",flush=true";

    private FileBars() {}

    static void tell(BarList bars) {
        for (int megabytes : new int[] {256, 1_024}) {
            Quantity save = save("save", megabytes, NOT_FLUSHED);
            bars.speedAtLeast(0.8, "save/" + megabytes, save, save("saveByChannel", megabytes, NOT_FLUSHED));
            bars.speedAtLeast(0.8, "load-file/" + megabytes, load("load", megabytes), load("loadByChannel", megabytes));
            bars.speedAtLeast(1.5, "save-torch/" + megabytes, save, new Measured("torch.save_" + megabytes));
            bars.speedAtLeast(
                    1.5,
                    "load-file-torch/" + megabytes,
                    load("loadIntoModule", megabytes),
                    new Measured("torch.load_file_" + megabytes));
        }
        bars.speedAtLeast(0.8, "save/flushed", save("save", 256, FLUSHED), save("saveByChannel", 256, FLUSHED));
        Quantity channel = save("saveByChannel", 256, NOT_FLUSHED);
        bars.speedAtLeast(0.5, "serialize/256", save("serialize", 256, NOT_FLUSHED), channel);
        bars.speedAtLeast(1.0, "npz/256", save("saveArchive", 256, NOT_FLUSHED), new Measured("torch.savez_256"));
        bars.speedAtLeast(0.8, "save-stream/256", save("saveToStream", 256, NOT_FLUSHED), channel);
        bars.speedAtLeast(0.8, "load-stream/256", load("loadFromStream", 256), load("loadByChannel", 256));
        bars.costAtMost(1 / 50.0, "open-lazy", load("openLazily", 1_024), load("load", 1_024));
        bars.costAtMost(
                1 / 50.0,
                "open-http",
                new Measured("HttpBenchmark.openOverHttp(megabytes=1024)"),
                new Measured("HttpBenchmark.loadOverHttp(megabytes=1024)"));
        // both sides wait for the disk to the end, with so little that it takes the same time each turn
        bars.growth("save", saves("save"), saves("saveByChannel"));
        bars.growth("load-file", loads("load"), loads("loadByChannel"));
        bars.growth("load-file-torch", loads("loadIntoModule"), loads("loadByChannel"));
        bars.growth("open-lazy", loads("openLazily"), loads("load"));
    }

    private static Quantity save(String method, int megabytes, String flush) {
        return new Measured("SaveBenchmark." + method + "(megabytes=" + megabytes + flush + ")");
    }

    private static Quantity load(String method, int megabytes) {
        return new Measured("LoadFileBenchmark." + method + "(megabytes=" + megabytes + ")");
    }

    private static Sizes saves(String method) {
        return new Sizes(save(method, 25, FLUSHED), save(method, 250, FLUSHED));
    }

    private static Sizes loads(String method) {
        return new Sizes(load(method, 256), load(method, 2_560));
    }
}
