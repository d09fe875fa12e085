package dev.statedict.benchmark;

import dev.statedict.benchmark.result.Bar;
import dev.statedict.benchmark.result.Machine;
import dev.statedict.benchmark.result.Measurements;
import dev.statedict.benchmark.result.Results;
import dev.statedict.benchmark.source.CompileSource;
import dev.statedict.benchmark.source.FirstCallSource;
import dev.statedict.benchmark.source.JmhSource;
import dev.statedict.benchmark.source.ListingSource;
import dev.statedict.benchmark.source.PytorchSource;
import dev.statedict.benchmark.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs what the bars need, prints what came out, and writes it to a file if one is named. */
public final class BenchmarkApplication {
    private BenchmarkApplication() {}

    /**
     * Called by {@code benchmark/run}, which says what the options are.
     *
     * @param arguments options, then names of bars
     * @throws IOException if the results cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Options options = Options.parse(arguments);
        List<Bar> bars =
                Bars.all().stream().filter(bar -> bar.isAmong(options.bars())).toList();
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("no bar is named so; there are "
                    + Bars.all().stream().map(Bar::name).collect(Collectors.joining(", ")));
        }
        Set<String> names =
                bars.stream().flatMap(Bar::measurements).collect(Collectors.toCollection(LinkedHashSet::new));
        if (options.bars().isEmpty()) {
            names.addAll(Bars.alsoMeasured());
        }
        PytorchSource pytorch =
                new PytorchSource(options.home().resolve("pytorch.py"), options.files(), options.quick());
        Measurements measurements = new Measurements();
        List<Source> sources = List.of(
                new JmhSource(options.quick()),
                new FirstCallSource(FirstCall.class.getName(), options.quick()),
                new CompileSource(options.home().resolve("target/processors"), options.quick()),
                new ListingSource(options.home(), options.files(), options.quick()),
                pytorch);
        for (Source source : sources) {
            try {
                source.measure(names, measurements);
            } catch (IllegalStateException e) {
                System.err.println("not measured: " + e.getMessage());
            }
        }
        String results = Results.format(Machine.describe(pytorch.version()), bars, measurements);
        System.out.print(results);
        if (options.output().isPresent()) {
            Files.writeString(options.output().get(), results);
        }
    }
}
