package dev.statedict.benchmark;

import dev.statedict.benchmark.bars.Bars;
import dev.statedict.benchmark.result.Bar;
import dev.statedict.benchmark.result.Machine;
import dev.statedict.benchmark.result.Measurements;
import dev.statedict.benchmark.result.PublishedRun;
import dev.statedict.benchmark.result.Results;
import dev.statedict.benchmark.source.CompileSource;
import dev.statedict.benchmark.source.FirstCallSource;
import dev.statedict.benchmark.source.HostileSource;
import dev.statedict.benchmark.source.JmhSource;
import dev.statedict.benchmark.source.ListingSource;
import dev.statedict.benchmark.source.PytorchSource;
import dev.statedict.benchmark.source.Source;
import dev.statedict.benchmark.source.SparkSource;
import dev.statedict.benchmark.source.Turns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs what the bars need, prints what came out, and writes it to a file if one is named. */
public final class BenchmarkApplication {
    private static final String GROWTH = "growth/";

    private BenchmarkApplication() {}

    /**
     * Called by {@code benchmark/run}, which says what the options are.
     *
     * @param arguments options, then names of bars
     * @throws IOException if the results cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Options options = Options.parse(arguments);
        if (options.page()) {
            Path page = options.home().resolveSibling("docs").resolve("performance.md");
            PublishedRun published =
                    PublishedRun.parse(Files.readString(options.home().resolve("results.txt")));
            Files.writeString(page, Page.with(published, Files.readString(page)));
            return;
        }
        String results = options.merged().isEmpty() ? measure(options) : merge(options.merged());
        System.out.print(results);
        if (options.output().isPresent()) {
            Files.writeString(options.output().get(), results);
        }
    }

    private static String merge(List<Path> files) throws IOException {
        return PublishedRun.parse(Files.readString(files.get(0)))
                .and(PublishedRun.parse(Files.readString(files.get(1))))
                .toString();
    }

    private static String measure(Options options) {
        List<Bar> bars = Bars.all().stream()
                .filter(bar -> bar.isAmong(options.bars()))
                .filter(bar -> options.growth() || !bar.name().startsWith(GROWTH))
                .toList();
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("no bar is named so; there are "
                    + Bars.all().stream().map(Bar::name).collect(Collectors.joining(", ")));
        }
        Set<String> names =
                bars.stream().flatMap(Bar::measurements).collect(Collectors.toCollection(LinkedHashSet::new));
        if (options.bars().isEmpty()) {
            names.addAll(Bars.alsoMeasured());
        }
        Path home = options.home();
        PytorchSource pytorch =
                new PytorchSource(home.resolve("pytorch.py"), options.files(), Bars.inManyProcesses(), options.quick());
        List<Source> sources = List.of(
                new Turns(List.of(new JmhSource(Bars.inManyProcesses(), options.quick()), pytorch)),
                new FirstCallSource(FirstCall.class.getName(), options.quick()),
                new CompileSource(home.resolve("target/processors"), options.quick()),
                new ListingSource(home, options.files(), options.quick()),
                new HostileSource(
                        HostileFiles.class.getName(), home.resolve("hostile.py"), options.files(), pytorch.python()),
                new SparkSource(home.resolveSibling("spark").resolve("benchmark")));
        Measurements measurements = new Measurements();
        for (Source source : sources) {
            try {
                source.measure(names, measurements);
            } catch (IllegalStateException e) {
                System.err.println("not measured: " + e.getMessage());
            }
        }
        return Results.format(Machine.describe(pytorch.version()), bars, measurements);
    }
}
