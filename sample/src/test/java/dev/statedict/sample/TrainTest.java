package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainTest {
    @TempDir
    static Path directory;

    private static CommandLineRun run;

    @BeforeAll
    static void train() {
        run = CommandLineRun.of("train", "--export", "--out", directory.toString());
    }

    @Test
    void theBestWeightsAreLostInTheAliasAndKeptInTheCopy() {
        assertThat(run.out()).contains("""

                        best epoch by validation loss: 45 of 60, loss 0.1270, accuracy 0.9665

                        loaded from      validation loss  accuracy  test accuracy
                        the ALIAS dict            0.1319    0.9591         0.9667  <- the last epoch's weights: the best are lost
                        the COPY dict             0.1270    0.9665         0.9704  <- the best epoch's weights

                        """);
    }

    @Test
    void nothingIsLostWhenTheLastEpochIsTheBest(@TempDir Path other) {
        CommandLineRun single = CommandLineRun.of("train", "--epochs", "1", "--out", other.toString());

        assertThat(single.out().lines().filter(line -> line.endsWith("<- the last epoch was the best")))
                .hasSize(2);
    }

    @Test
    void theLastLineIsTheTestAccuracyOfTheCopy() {
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).endsWith("\ntest accuracy: 0.9704\n");
    }

    @Test
    void awayFromATerminalEachEpochIsALine() {
        assertThat(run.out().lines().filter(line -> line.startsWith("epoch ")))
                .hasSize(60)
                .contains(
                        "epoch 60/60: training loss 0.0704, accuracy 0.9952; validation loss 0.1319, accuracy 0.9591");
    }

    @Test
    void theSameSeedGivesTheSameRun(@TempDir Path other) throws IOException {
        CommandLineRun again = CommandLineRun.of("train", "--seed", "0", "--export", "--out", other.toString());

        assertThat(again.out().replace(other.toString(), "DIR"))
                .isEqualTo(run.out().replace(directory.toString(), "DIR"));
        for (Path file : csvFiles()) {
            assertThat(other.resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--optimizer adam --schedule cosine, '60,0.01,32,0.003,0.0,ADAM,COSINE'",
        "--momentum 0.9 --learning-rate 0.05, '60,0.05,32,0.003,0.9,SGD,CONSTANT'",
    })
    void otherOptimizersAndSchedulesTrainAsWell(String options, String settings, @TempDir Path other)
            throws IOException {
        String[] arguments = Stream.concat(
                        Stream.of("train", "--export", "--out", other.toString()), Stream.of(options.split(" ")))
                .toArray(String[]::new);

        CommandLineRun another = CommandLineRun.of(arguments);

        assertThat(another.exitCode()).isZero();
        assertThat(another.out().lines().reduce((before, last) -> last).orElseThrow())
                .isGreaterThan("test accuracy: 0.95");
        assertThat(Files.readAllLines(other.resolve("settings.csv")).get(1)).isEqualTo(settings);
    }

    @Test
    void anotherSeedGivesAnotherRun(@TempDir Path other) {
        CommandLineRun another = CommandLineRun.of("train", "--seed", "1", "--epochs", "1", "--out", other.toString());

        assertThat(another.out().lines().skip(1).findFirst())
                .isNotEqualTo(run.out().lines().skip(1).findFirst());
    }

    @Test
    void drawsThreePictures() throws IOException {
        assumeTrue(Fonts.areInstalled(), "this machine has no font");

        assertThat(run.err()).isEmpty();
        for (String name : new String[] {"curves.png", "weights.png", "confusion.png"}) {
            BufferedImage image = ImageIO.read(directory.resolve(name).toFile());

            assertThat(image.getWidth()).as(name).isGreaterThan(600);
            assertThat(image.getHeight()).as(name).isGreaterThan(400);
            assertThat(image.getRGB(0, 0)).as(name + " has a white ground").isEqualTo(0xffffffff);
            assertThat(colours(image).count()).as(name + " shows something").isGreaterThan(20);
        }
    }

    @Test
    void oneEpochIsDrawnAsAPointOfEachColour(@TempDir Path other) throws IOException {
        assumeTrue(Fonts.areInstalled(), "this machine has no font");
        CommandLineRun.of("train", "--epochs", "1", "--out", other.toString());

        BufferedImage curves = ImageIO.read(other.resolve("curves.png").toFile());
        BufferedImage middle = curves.getSubimage(300, 0, 160, curves.getHeight()); // of the left chart, off its legend

        assertThat(colours(middle).boxed()).contains(ChartStyle.BLUE.getRGB(), ChartStyle.ORANGE.getRGB());
    }

    @Test
    void aLegendTellsTheColoursOfTheWeights() throws IOException {
        assumeTrue(Fonts.areInstalled(), "this machine has no font");

        BufferedImage weights = ImageIO.read(directory.resolve("weights.png").toFile());
        BufferedImage legend = weights.getSubimage(0, 625, weights.getWidth(), weights.getHeight() - 625);

        assertThat(colours(legend).boxed()).contains(ChartStyle.INK.getRGB());
        assertThat(colours(legend).filter(rgb -> new Color(rgb).getRed() < 60 && new Color(rgb).getBlue() > 150))
                .as("blue")
                .isNotEmpty();
        assertThat(colours(legend).filter(rgb -> new Color(rgb).getRed() > 170 && new Color(rgb).getBlue() < 70))
                .as("red")
                .isNotEmpty();
    }

    @Test
    void exportsAllThatAnotherProgramNeedsToRepeatIt() throws IOException {
        assertThat(csvFiles())
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder(
                        "settings.csv",
                        "split.csv",
                        "orders.csv",
                        "initial.fc.weight.csv",
                        "initial.fc.bias.csv",
                        "best.fc.weight.csv",
                        "best.fc.bias.csv",
                        "history.csv");
        assertThat(directory.resolve("orders.csv")).content().hasLineCount(60);
        assertThat(Files.readAllLines(directory.resolve("initial.fc.weight.csv")))
                .hasSize(10);
        assertThat(Files.readAllLines(directory.resolve("settings.csv")).get(1))
                .isEqualTo("60,0.5,32,0.003,0.0,SGD,CONSTANT");
    }

    private static IntStream colours(BufferedImage image) {
        int width = image.getWidth();
        return IntStream.of(image.getRGB(0, 0, width, image.getHeight(), null, 0, width))
                .distinct();
    }

    private static List<Path> csvFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".csv")).toList();
        }
    }
}
