package dev.statedict.sample;

import dev.statedict.StateDictLoadException;
import dev.statedict.io.Checkpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
                    "A CSV file of digits; else the ones that come along. Of those that the model was trained on only"
                            + " the test rows are named.")
    private @Nullable Path data;

    @Option(
            names = "--show",
            paramLabel = "N",
            description = "Draws so many of the digits, those that are misnamed first.")
    private int show = 0;

    PredictCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InputException {
        if (show < 0) {
            throw new InputException("--show is " + show + "; give a number, 0 or more");
        }
        DigitClassifier classifier = DigitClassifier.untrained();
        load(classifier);
        Origin origin = Origin.from(classifier.origin)
                .orElseThrow(() -> new InputException(
                        model + " does not say which digits it was trained on; run train" + " again"));
        Digits digits = data == null ? DigitsReader.readShipped() : DigitsReader.read(data);
        String what = "";
        if (origin.saw(digits)) {
            what = "test ";
            digits = digits.select(
                    TrainingStart.random(digits.size(), origin.seed()).split().test());
        }
        int[] named = classifier.name(digits);
        List<Integer> misnamed = rows(digits, named, false);
        List<Integer> misnamedFirst = Stream.concat(misnamed.stream(), rows(digits, named, true).stream())
                .limit(show)
                .toList();
        DigitDrawing.of(digits, misnamedFirst, named, Terminal.columns()).forEach(line -> out.print(line + "\n"));
        out.print(digits.size() + " " + what + "digits, named by " + model + "\n");
        double accuracy = 1 - (double) misnamed.size() / digits.size();
        out.print(String.format(Locale.ROOT, "%saccuracy: %.4f\n", what, accuracy));
        return 0;
    }

    private static List<Integer> rows(Digits digits, int[] named, boolean rightly) {
        return IntStream.range(0, named.length)
                .filter(row -> rightly == (named[row] == digits.labels()[row]))
                .boxed()
                .toList();
    }

    private void load(DigitClassifier classifier) throws InputException {
        if (Files.isDirectory(model)) {
            throw new InputException("--model " + model + " is a directory; give --model the file that train saved, "
                    + model.resolve(TrainCommand.MODEL_FILE) + " perhaps");
        }
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
