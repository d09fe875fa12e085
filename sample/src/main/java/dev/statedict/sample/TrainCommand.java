package dev.statedict.sample;

import dev.statedict.io.Checkpoints;
import dev.statedict.sample.TrainingSettings.Method;
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
        name = "train",
        showDefaultValues = true,
        description = "Trains on handwritten digits and keeps the best epoch twice: in an ALIAS dict and in a COPY.")
final class TrainCommand implements Callable<Integer> {
    /** Where, in the directory, a training is kept that can be resumed. */
    static final String CHECKPOINTS = "checkpoints";

    /** The file that holds the best model. */
    static final String MODEL_FILE = "digits.safetensors";

    private final PrintWriter out;
    private final PrintWriter err;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Option(names = "--epochs", paramLabel = "N", description = "How often to go over the training rows.")
    private int epochs = 60;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "How steps are made: ${COMPLETION-CANDIDATES}.")
    private Method method = Method.SGD;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description = "The length of a step; else 0.5, or 0.01 with ADAM.")
    private @Nullable Double givenLearningRate;

    @Option(
            names = "--momentum",
            paramLabel = "RATE",
            description = "How much of the last step is in the next; with SGD alone.")
    private double momentum = 0;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "How the length of a step changes: ${COMPLETION-CANDIDATES}.")
    private Schedule schedule = Schedule.CONSTANT;

    @Option(names = "--batch-size", paramLabel = "N", description = "The rows of a step.")
    private int batchSize = 32;

    @Option(names = "--weight-decay", paramLabel = "RATE", description = "How strongly parameters are pulled to 0.")
    private double weightDecay = 0.003;

    @Option(names = "--seed", paramLabel = "N", description = "Decides split, first weights and order of rows.")
    private long seed = 0;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "A CSV file of digits, may be compressed by gzip; else the ones that come along.")
    private @Nullable Path data;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write; made if missing.")
    private Path directory = Path.of(".");

    @Option(
            names = "--export",
            description = "Also write the run as CSV (split, first weights, orders, losses), for others to repeat.")
    private boolean export;

    @Option(
            names = "--resume",
            description = "Save each epoch in checkpoints, a directory in --out, and go on from the last one there.")
    private boolean resume;

    TrainCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InputException {
        TrainingSettings settings = settings();
        Digits digits = data == null ? DigitsReader.readShipped() : DigitsReader.read(data);
        if (digits.size() < Split.FEWEST_ROWS) {
            throw new InputException(data + " has too few digits to split: " + digits.size() + "; give "
                    + Split.FEWEST_ROWS + " or more");
        }
        makeDirectory();

        TrainingStart start = TrainingStart.random(digits.size(), seed);
        Split split = start.split();
        print(
                "%d digits: %d to train on, %d to validate, %d to test",
                digits.size(), split.training().length, split.validation().length, split.test().length);
        Training training = train(digits, start, settings);
        Restoration restored = TrainingReport.print(training, out);
        write(training, settings, digits);
        print("test accuracy: %.4f", restored.test().accuracy());
        return 0;
    }

    private Training train(Digits digits, TrainingStart start, TrainingSettings settings) throws InputException {
        Path kept = directory.resolve(CHECKPOINTS);
        try (TrainingCheckpoints checkpoints = resume ? TrainingCheckpoints.open(kept) : null;
                TrainingProgress progress = Terminal.isAttached()
                        ? TrainingProgress.bar(settings.epochs())
                        : TrainingProgress.lines(settings.epochs(), out)) {
            String task = settings + " of " + Origin.of(digits, seed);
            if (checkpoints != null && !checkpoints.task().orElse(task).equals(task)) {
                throw new InputException("the training in " + kept + " is another one, "
                        + checkpoints.task().get() + "; resume it by its own options, or give --out another directory");
            }
            if (checkpoints != null && checkpoints.epochs() > 0) {
                print("goes on after epoch %d of %d", checkpoints.epochs(), settings.epochs());
            }
            return Training.run(digits, start, settings, task, checkpoints, progress);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private TrainingSettings settings() throws InputException {
        require(epochs >= 1, "--epochs", epochs, "1 or more");
        require(batchSize >= 1, "--batch-size", batchSize, "1 or more");
        double learningRate = givenLearningRate != null ? givenLearningRate : method == Method.SGD ? 0.5 : 0.01;
        require(learningRate > 0 && Double.isFinite(learningRate), "--learning-rate", learningRate, "above 0");
        require(weightDecay >= 0 && Double.isFinite(weightDecay), "--weight-decay", weightDecay, "0 or more");
        require(momentum >= 0 && momentum < 1, "--momentum", momentum, "0 or more and below 1");
        if (momentum > 0 && method == Method.ADAM) {
            throw new InputException("--momentum is for --optimizer SGD; leave it out, for Adam has its own");
        }
        return new TrainingSettings(epochs, learningRate, batchSize, weightDecay, momentum, method, schedule);
    }

    private static void require(boolean sound, String option, Number given, String expected) throws InputException {
        if (!sound) {
            throw new InputException(option + " is " + given + "; give a number, " + expected);
        }
    }

    private void makeDirectory() throws InputException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new InputException("--out " + directory + " is a file; give --out a directory");
        }
        try {
            if (!Files.isDirectory(directory)) { // before Java 19 createDirectories refuses a link to one
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        if (!Files.isWritable(directory)) {
            throw new InputException("cannot write to " + directory + "; give --out a directory that you may write to");
        }
    }

    private void write(Training training, TrainingSettings settings, Digits digits) throws InputException {
        try {
            // the COPY dict of the best epoch is loaded now
            DigitClassifier classifier = DigitClassifier.of(training, Origin.of(digits, seed));
            Checkpoints.save(directory.resolve(MODEL_FILE), classifier.stateDict());
            print("saved the best model as %s in %s", MODEL_FILE, directory);
            if (Fonts.areInstalled()) {
                Pictures.write(training, directory);
                print("wrote curves.png, weights.png and confusion.png to %s", directory);
            } else {
                err.println("statedict-sample: no pictures, for Java finds no font here; install one, on Debian by"
                        + " apt-get install fontconfig fonts-dejavu-core");
            }
            if (export) {
                RunExport.write(TrainingStart.random(digits.size(), seed), settings, training, directory);
                print("wrote the run as CSV to %s", directory);
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private InputException cannotWrite(IOException e) {
        return new InputException("cannot write to " + directory + " (" + e + "); give --out another directory");
    }

    private void print(String format, Object... arguments) {
        out.print(String.format(Locale.ROOT, format, arguments) + "\n");
        out.flush();
    }
}
