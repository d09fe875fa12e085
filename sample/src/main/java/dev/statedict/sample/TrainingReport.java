package dev.statedict.sample;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows what became of the best epoch's weights in the two dicts that kept them. */
final class TrainingReport {
    private TrainingReport() {}

    /** Loads the ALIAS dict, then the COPY, and prints how the model does with each; the COPY stays loaded. */
    static Restoration print(Training training, PrintWriter out) {
        Epoch best = training.best().epoch();
        StateDict last = training.model().stateDict(Policy.COPY);
        Restoration alias = Restoration.of(training.best().alias(), last, training);
        Restoration copy = Restoration.of(training.best().copy(), last, training);
        out.print(String.format(
                Locale.ROOT,
                "\nbest epoch by validation loss: %d of %d, loss %.4f, accuracy %.4f\n\n",
                best.number(),
                training.history().size(),
                best.validation().loss(),
                best.validation().accuracy()));
        out.print("loaded from      validation loss  accuracy  test accuracy\n");
        printRow("the ALIAS dict", alias, out);
        printRow("the COPY dict", copy, out);
        out.print("\n");
        out.flush();
        return copy;
    }

    private static void printRow(String dict, Restoration restored, PrintWriter out) {
        out.print(String.format(
                Locale.ROOT,
                "%-17s%15.4f%10.4f%15.4f  <- %s\n",
                dict,
                restored.validation().loss(),
                restored.validation().accuracy(),
                restored.test().accuracy(),
                restored.inWords()));
    }
}
