package dev.statedict.sample;

import dev.statedict.StateDictLoadException;
import dev.statedict.io.Checkpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "predict",
        showDefaultValues = true,
        description = "Loads the model that train saved, and names digits with it.")
final class PredictCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Option(names = "--model", paramLabel = "FILE", description = "What train saved.")
    private Path model = Path.of(TrainCommand.MODEL_FILE);

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description =
                    "A CSV file of digits, all of which are named; else the test rows of the ones that come along.")
    private @Nullable Path data;

    @Option(names = "--seed", paramLabel = "N", description = "The seed of the training, which decided the test rows.")
    private long seed = 0;

    PredictCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InputException {
        DigitClassifier classifier = DigitClassifier.untrained();
        load(classifier);
        Digits digits = data == null ? testRows(DigitsReader.readShipped()) : DigitsReader.read(data);
        String what = data == null ? "test " : "";
        out.print(String.format(Locale.ROOT, "%d %sdigits, named by %s\n", digits.size(), what, model));
        out.print(String.format(
                Locale.ROOT,
                "%saccuracy: %.4f\n",
                what,
                classifier.evaluate(digits).accuracy()));
        return 0;
    }

    private Digits testRows(Digits digits) {
        return digits.select(TrainingStart.random(digits.size(), seed).split().test());
    }

    private void load(DigitClassifier classifier) throws InputException {
        if (!Files.isRegularFile(model)) {
            throw new InputException("no such file: " + model + "; run train first, or give --model what it saved");
        }
        try {
            classifier.loadStateDict(Checkpoints.load(model));
        } catch (StateDictLoadException e) {
            throw new InputException(model + " holds another model, with "
                    + e.report().missing().size() + " keys missing and "
                    + e.report().unexpected().size() + " unexpected; give --model what train saved");
        } catch (IOException e) {
            throw new InputException(firstLine(e) + "; give --model what train saved");
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }
}
