package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictTest {
    private static final String ZERO = "0,0,5,13,9,1,0,0,0,0,13,15,10,15,5,0,0,3,15,2,0,11,8,0,0,4,12,0,0,8,8,0,"
            + "0,5,8,0,0,9,8,0,0,4,11,0,1,12,7,0,0,2,14,5,10,12,0,0,0,0,6,13,10,0,0,0";

    @TempDir
    Path directory;

    private CommandLineRun predict(Path model) {
        return CommandLineRun.of("predict", "--model", model.toString());
    }

    @Test
    void namesTheTestDigitsAsWellAsTheModelThatWasTrained() {
        CommandLineRun train = CommandLineRun.of("train", "--epochs", "3", "--out", directory.toString());
        Path model = directory.resolve("digits.safetensors");

        CommandLineRun predict = predict(model);

        assertThat(predict.exitCode()).isZero();
        assertThat(predict.out().lines().findFirst()).contains("270 test digits, named by " + model);
        assertThat(lastLine(predict)).startsWith("test accuracy: 0.9").isEqualTo(lastLine(train));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-9223372036854775808"})
    void takesTheTestRowsOfTheSeedThatTheModelWasTrainedWith(String seed) {
        CommandLineRun train =
                CommandLineRun.of("train", "--epochs", "1", "--seed", seed, "--out", directory.toString());

        CommandLineRun predict = predict(directory.resolve("digits.safetensors"));

        assertThat(lastLine(predict)).startsWith("test accuracy: 0.").isEqualTo(lastLine(train));
    }

    @Test
    void namesTheDigitsOfAFile() throws IOException {
        Path model = trained();

        CommandLineRun predict = CommandLineRun.of(
                "predict", "--model", model.toString(), "--data", digits(1796).toString());

        assertThat(predict.out()).startsWith("1796 digits, named by ");
        assertThat(lastLine(predict)).startsWith("accuracy: 0.9");
    }

    @Test
    void ofAFileThatItWasTrainedOnItNamesTheTestRows() throws IOException {
        Path digits = digits(100);
        CommandLineRun train =
                CommandLineRun.of("train", "--epochs", "5", "--data", digits.toString(), "--out", directory.toString());

        CommandLineRun predict = CommandLineRun.of(
                "predict", "--model", directory.resolve("digits.safetensors").toString(), "--data", digits.toString());

        assertThat(predict.out()).startsWith("15 test digits, named by ");
        assertThat(lastLine(predict)).startsWith("test accuracy: 0.").isEqualTo(lastLine(train));
    }

    @Test
    void ofDigitsThatItWasNotTrainedOnItNamesAll() throws IOException {
        CommandLineRun.of("train", "--epochs", "1", "--data", digits(100).toString(), "--out", directory.toString());

        CommandLineRun predict = predict(directory.resolve("digits.safetensors"));

        assertThat(predict.out()).startsWith("1797 digits, named by ");
        assertThat(lastLine(predict)).startsWith("accuracy: 0.");
    }

    @Test
    void drawsDigitsTheMisnamedFirst() throws IOException {
        Path model = trained();
        Path digits = Files.write(
                directory.resolve("three.csv"), List.of(ZERO + ",0", ZERO + ",7", ZERO.replace("15", "0") + ",0"));

        CommandLineRun predict =
                CommandLineRun.of("predict", "--model", model.toString(), "--data", digits.toString(), "--show", "2");

        assertThat(predict.out()).isEqualTo("""
                    --##++..           --##++..
                    ##%%**%%--         ##%%**%%--
                  ::%%..  **++       ::%%..  **++
                  ::##    ++++       ::##    ++++
                  --++    ++++       --++    ++++
                  ::**  ..##==       ::**  ..##==
                  ..%%--**##         ..%%--**##
                    --##**             --##**
                7, taken for 0     0

                3 digits, named by MODEL
                accuracy: 0.6667
                """.replace("MODEL", model.toString()));
    }

    @Test
    void saysWhatToDoWithANumberOfDrawingsBelowZero() {
        assertThat(CommandLineRun.of("predict", "--show", "-1").err())
                .isEqualTo("statedict-sample: --show is -1; give a number, 0 or more" + System.lineSeparator());
    }

    @Test
    void saysWhatToDoWithADirectoryForAModel() {
        assertThat(predict(directory).exitCode()).isEqualTo(2);
        assertThat(predict(directory).err())
                .isEqualTo("statedict-sample: --model " + directory
                        + " is a directory; give --model the file that train" + " saved, "
                        + directory.resolve("digits.safetensors") + " perhaps" + System.lineSeparator());
    }

    @Test
    void saysWhatToDoWithAModelThatDoesNotSayWhatItWasTrainedOn() throws IOException {
        Path model = trained();
        Path silent = directory.resolve("silent.safetensors");
        DigitClassifier classifier = DigitClassifier.untrained();
        classifier.loadStateDict(Checkpoints.load(model));
        classifier.origin = Map.of("seed", "one");
        Checkpoints.save(silent, classifier.stateDict());

        assertThat(predict(silent).exitCode()).isEqualTo(2);
        assertThat(predict(silent).err())
                .isEqualTo("statedict-sample: " + silent
                        + " does not say which digits it was trained on; run train again" + System.lineSeparator());
    }

    @Test
    void saysWhatToDoWithoutAModel() {
        Path missing = directory.resolve("missing.safetensors");

        assertThat(predict(missing).exitCode()).isEqualTo(2);
        assertThat(predict(missing).err())
                .isEqualTo("statedict-sample: no such file: " + missing
                        + "; run train first, or give --model what it saved" + System.lineSeparator());
    }

    @Test
    void saysWhatToDoWithAnotherModel() throws IOException {
        Path other = directory.resolve("other.safetensors");
        Checkpoints.save(other, StateDict.of(Map.of("weight", Tensor.zeros(2))));

        assertThat(predict(other).exitCode()).isEqualTo(2);
        assertThat(predict(other).err())
                .isEqualTo("statedict-sample: " + other
                        + " holds another model, with 5 keys missing and 1 unexpected; give --model what train saved"
                        + System.lineSeparator());
    }

    @Test
    void saysWhatToDoWithAFileThatIsCutShort() throws IOException {
        CommandLineRun.of("train", "--epochs", "1", "--out", directory.toString());
        byte[] whole = Files.readAllBytes(directory.resolve("digits.safetensors"));
        Path cut = Files.write(directory.resolve("cut.safetensors"), Arrays.copyOf(whole, whole.length / 2));

        CommandLineRun run = predict(cut);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("statedict-sample: ")
                .contains("cut.safetensors")
                .endsWith("; give --model what train saved" + System.lineSeparator());
        assertThat(run.err().lines()).hasSize(1);
    }

    private Path trained() {
        CommandLineRun.of("train", "--epochs", "1", "--out", directory.toString());
        return directory.resolve("digits.safetensors");
    }

    /** The first of the digits that come along, as a file, which ends in a blank line. */
    private Path digits(int rows) throws IOException {
        try (InputStream shipped = new GZIPInputStream(DigitsReader.class.getResourceAsStream("digits.csv.gz"))) {
            String lines = new String(shipped.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .limit(rows)
                    .collect(Collectors.joining("\n"));
            return Files.writeString(directory.resolve(rows + ".csv"), lines + "\n\n");
        }
    }

    private static String lastLine(CommandLineRun run) {
        return run.out().lines().reduce((before, last) -> last).orElse("");
    }
}
