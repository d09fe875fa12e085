package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictTest {
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

    @Test
    void namesTheDigitsOfAFile() throws IOException {
        CommandLineRun.of("train", "--epochs", "1", "--out", directory.toString());
        Path digits = directory.resolve("digits.csv.gz");
        Files.copy(DigitsReader.class.getResourceAsStream("digits.csv.gz"), digits);

        CommandLineRun predict = CommandLineRun.of(
                "predict", "--model", directory.resolve("digits.safetensors").toString(), "--data", digits.toString());

        assertThat(predict.out()).startsWith("1797 digits, named by ");
        assertThat(lastLine(predict)).startsWith("accuracy: 0.9");
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
                        + " holds another model, with 4 keys missing and 1 unexpected; give --model what train saved"
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

    private static String lastLine(CommandLineRun run) {
        return run.out().lines().reduce((before, last) -> last).orElse("");
    }
}
