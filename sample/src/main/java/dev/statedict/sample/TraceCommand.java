package dev.statedict.sample;

import dev.statedict.Policy;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
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

    @Option(names = "--all", description = "Run it under all four pairs of policies, and say in words what happened.")
    private boolean all;

    TraceCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        if (all) {
            printAll();
        } else {
            TraceExperiment.run(Policy.ALIAS, Policy.COPY).printed().forEach(this::line);
        }
        return 0;
    }

    private void printAll() {
        List<TraceExperiment> experiments = Arrays.stream(Policy.values())
                .flatMap(stateDict -> Arrays.stream(Policy.values())
                        .map(loadStateDict -> TraceExperiment.run(stateDict, loadStateDict)))
                .toList();
        line("                                the dict      the model     a second model");
        line("                                followed      followed      that had loaded the");
        line("stateDict  loadStateDict        the model     the dict      dict followed it");
        for (TraceExperiment experiment : experiments) {
            line("%-10s %-20s %-13s %-13s %s"
                    .formatted(
                            experiment.stateDict(),
                            name(experiment),
                            yesOrNo(experiment.dictFollowedModel()),
                            yesOrNo(experiment.modelFollowedDict()),
                            yesOrNo(experiment.otherFollowedDict())));
        }
        for (TraceExperiment experiment : experiments) {
            line("");
            line("");
            line("=== stateDict " + experiment.stateDict() + ", loadStateDict " + name(experiment) + " ===");
            experiment.inWords().forEach(this::line);
            for (int step = 0; step < TraceExperiment.STEPS.size(); step++) {
                line("");
                line("--- " + TraceExperiment.STEPS.get(step) + ": the model, then the dict");
                experiment.printed().subList(2 * step, 2 * step + 2).forEach(this::line);
            }
        }
    }

    private static String name(TraceExperiment experiment) {
        boolean asInPyTorch = experiment.stateDict() == Policy.ALIAS && experiment.loadStateDict() == Policy.COPY;
        return experiment.loadStateDict() + (asInPyTorch ? " (PyTorch's)" : "");
    }

    private static String yesOrNo(boolean answer) {
        return answer ? "yes" : "no";
    }

    /** Lines end in {@code \n} everywhere: the output is compared byte for byte. */
    private void line(String line) {
        out.print(line + "\n");
    }
}
