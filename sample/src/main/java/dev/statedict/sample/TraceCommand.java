package dev.statedict.sample;

import dev.statedict.Policy;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "trace",
        description = "Shows who follows whom between a model and its state dict, under PyTorch's policies.")
final class TraceCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Option(
            names = "--all",
            description = "Run it under all four combinations of policies, and say in words what happened.")
    private boolean all;

    TraceCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        if (all) {
            for (Policy stateDict : Policy.values()) {
                for (Policy loadStateDict : Policy.values()) {
                    TraceExperiment experiment = TraceExperiment.run(stateDict, loadStateDict);
                    print(experiment);
                    out.print(heading(stateDict, loadStateDict) + ": " + experiment.inWords() + "\n\n");
                }
            }
        } else {
            print(TraceExperiment.run(Policy.ALIAS, Policy.COPY));
        }
        return 0;
    }

    private static String heading(Policy stateDict, Policy loadStateDict) {
        boolean asInPyTorch = stateDict == Policy.ALIAS && loadStateDict == Policy.COPY;
        return "stateDict " + stateDict + ", loadStateDict " + loadStateDict + (asInPyTorch ? " (PyTorch's)" : "");
    }

    /** Lines end in {@code \n} everywhere: the output is compared byte for byte. */
    private void print(TraceExperiment experiment) {
        experiment.printed().forEach(line -> out.print(line + "\n"));
    }
}
