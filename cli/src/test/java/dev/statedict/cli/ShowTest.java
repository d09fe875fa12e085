package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Means, deviations and histograms are those of PyTorch: {@code mean}, {@code std} and {@code histc} of the finite elements. */
class ShowTest {
    @TempDir
    private Path directory;

    private String saved(Tensor tensor) throws IOException {
        Path file = directory.resolve("made.safetensors");
        Checkpoints.save(file, StateDict.builder().put("w", tensor).build());
        return file.toString();
    }

    @Test
    void valuesStatisticsAndHistogramAreShown() {
        assertThat(CommandRun.of("show", "diverged.safetensors", "weight").out())
                .isEqualTo("""
                        weight  [5, 8]  F32  160 B at offset 72
                        tensor([[-1.0000, -0.9487, -0.8974,     nan, -0.7949, -0.7436, -0.6923, -0.6410],
                                [-0.5897, -0.5385, -0.4872, -0.4359, -0.3846, -0.3333, -0.2821, -0.2308],
                                [-0.1795, -0.1282, -0.0769, -0.0256,  0.0256,     inf,  0.1282,  0.1795],
                                [ 0.2308,  0.2821,  0.3333,  0.3846,  0.4359,  0.4872,  0.5385,  0.5897],
                                [   -inf,  0.6923,  0.7436,  0.7949,  0.8462,  0.8974,  0.9487,  1.0000]])
                        min -1, max 1, mean 0.0035, std 0.5982
                        40 elements: 1 NaN, 2 infinite, 0 zero
                             -1  3  ##############################
                        -0.8000  4  ########################################
                        -0.6000  4  ########################################
                        -0.4000  4  ########################################
                        -0.2000  4  ########################################
                              0  3  ##############################
                         0.2000  4  ########################################
                         0.4000  4  ########################################
                         0.6000  3  ##############################
                         0.8000  4  ########################################
                        """);
    }

    @Test
    void theHistogramFitsTheTerminal() {
        assertThat(CommandRun.onTerminal(40, "show", "model.safetensors", "layers.0.attention.query.weight")
                        .out()
                        .lines()
                        .filter(line -> line.endsWith("#")))
                .containsExactly(
                        "-0.3504   5  #############",
                        "-0.2844   5  #############",
                        "-0.2183  10  #########################",
                        "-0.1523   5  #############",
                        "-0.0862   5  #############",
                        "-0.0202   5  #############",
                        " 0.0458  11  ###########################",
                        " 0.1119   9  #######################",
                        " 0.1779   3  ########",
                        " 0.2440   6  ###############");
    }

    @Test
    void severalTensorsAreApartByAnEmptyLine() {
        assertThat(CommandRun.of("show", "model.safetensors", "norm.*").out())
                .startsWith("norm.bias  [8]  F32  32 B at offset ")
                .contains("\n8 elements: 0 NaN, 0 infinite, 8 zero\n\nnorm.weight  [8]");
    }

    @Test
    void aTensorWithoutElementsHasNoStatistics() throws IOException {
        assertThat(CommandRun.of("show", saved(Tensor.zeros(0, 3)), "w").out())
                .endsWith("tensor([], size=(0, 3))\n0 elements: 0 NaN, 0 infinite, 0 zero\n");
    }

    @Test
    void oneElementHasNoDeviationAndNoHistogram() throws IOException {
        assertThat(CommandRun.of("show", saved(Tensor.scalar(0.25f)), "w").out())
                .endsWith(
                        "tensor(0.2500)\nmin 0.2500, max 0.2500, mean 0.2500\n1 element: 0 NaN, 0 infinite, 0 zero\n");
    }

    @Test
    void aProgramGetsJsonAlsoOfNothingButNaN() throws IOException {
        assertThat(CommandRun.of("show", "--json", saved(Tensor.scalar(Float.NaN)), "w")
                        .out())
                .isEqualTo("{\"key\": \"w\", \"shape\": [], \"type\": \"F32\", \"elements\": 1, \"nan\": 1,"
                        + " \"infinite\": 0, \"zero\": 0, \"min\": \"NaN\", \"max\": \"NaN\", \"mean\": \"NaN\","
                        + " \"std\": \"NaN\", \"histogram\": []}\n");
    }

    @Test
    void aKeyThatIsNotThereIsNamed() {
        assertComplaint(
                "no key of model.safetensors matches norm.wieght; statedict ls lists all 77",
                "show",
                "model.safetensors",
                "norm.wieght");
        assertComplaint(
                "Missing required parameter: 'KEY'; for help: statedict show --help", "show", "model.safetensors");
    }
}
