package dev.statedict.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input: one line on standard error that says what to do, exit code 2. */
class CommandLineTest {
    private static final String BLANK = String.join(",", Collections.nCopies(64, "0"));

    @TempDir
    Path directory;

    @Test
    void asksForACommand() {
        assertComplaint(
                "Missing required subcommand; for help: java -jar statedict-sample.jar --help", CommandLineRun.of());
    }

    @Test
    void namesAnUnknownCommand() {
        assertComplaint(
                "Unmatched argument at index 0: 'tarin'; for help: java -jar statedict-sample.jar --help",
                CommandLineRun.of("tarin"));
    }

    @Test
    void namesAnUnknownOption() {
        assertComplaint(
                "Unknown option: '--epoch'; for help: java -jar statedict-sample.jar trace --help",
                CommandLineRun.of("trace", "--epoch"));
    }

    @Test
    void namesAnOptionThatIsNoNumber() {
        assertComplaint(
                "Invalid value for option '--epochs': 'many' is not an int; for help: java -jar statedict-sample.jar"
                        + " train --help",
                CommandLineRun.of("train", "--epochs", "many"));
    }

    @ParameterizedTest
    @CsvSource({
        "--epochs,        0,    'give a number, 1 or more'",
        "--batch-size,    -1,   'give a number, 1 or more'",
        "--learning-rate, 0.0,  'give a number, above 0'",
        "--learning-rate, NaN,  'give a number, above 0'",
        "--weight-decay,  -0.5, 'give a number, 0 or more'",
        "--momentum,      1.0,  'give a number, 0 or more and below 1'",
    })
    void namesAnOptionOutOfRange(String option, String value, String mend) {
        assertComplaint(option + " is " + value + "; " + mend, train(option, value));
    }

    @Test
    void namesADataFileThatIsMissing() {
        Path missing = directory.resolve("missing.csv");

        assertComplaint(
                "no such file: " + missing
                        + "; give --data a CSV file of digits, or leave it out for the digits that come along",
                train("--data", missing.toString()));
    }

    @Test
    void namesADataFileThatIsADirectory() {
        assertComplaint(
                "not a file: " + directory
                        + "; give --data a CSV file of digits, or leave it out for the digits that come along",
                train("--data", directory.toString()));
    }

    @Test
    void namesTheLineThatHasTooFewValues() throws IOException {
        assertMalformed("line 2: 3 values instead of 65", BLANK + ",0", "1,2,3");
    }

    @Test
    void namesTheLineThatIsEmpty() throws IOException {
        assertMalformed("line 1: 1 value instead of 65", "", BLANK + ",0");
    }

    @Test
    void namesTheBlankLineBeforeOthers() throws IOException {
        assertMalformed("line 2: 1 value instead of 65", BLANK + ",0", "", "", BLANK + ",0");
    }

    @Test
    void namesADataFileThatHoldsNoDigits() throws IOException {
        Path file = Files.writeString(directory.resolve("empty.csv"), "\n");

        assertComplaint(
                file + " holds no digits; a line holds 64 pixels from 0 to 16, then the digit from 0 to 9",
                train("--data", file.toString()));
    }

    @Test
    void namesTheValueThatIsNoNumber() throws IOException {
        assertMalformed(
                "line 3: value 1 is \"x\", no whole number from 0 to 16",
                BLANK + ",0",
                BLANK + ",1",
                "x" + BLANK.substring(1) + ",2");
    }

    @Test
    void namesTheValueThatIsOutOfRange() throws IOException {
        assertMalformed("line 1: value 65 is \"10\", no whole number from 0 to 9", BLANK + ",10");
    }

    @Test
    void namesADataFileThatIsCutShort() throws IOException {
        byte[] whole = DigitsReader.class.getResourceAsStream("digits.csv.gz").readAllBytes();
        Path file = Files.write(directory.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length / 2));

        CommandLineRun run = train("--data", file.toString());

        assertThat(run.err())
                .startsWith("statedict-sample: " + file + " is damaged after line ")
                .endsWith("; fetch it again, or leave --data out for the digits that come along"
                        + System.lineSeparator());
        assertComplaint(run);
    }

    @Test
    void namesADataFileThatHasTooFewDigits() throws IOException {
        Path file = Files.write(directory.resolve("few.csv"), Collections.nCopies(5, BLANK + ",3"));

        assertComplaint(file + " has too few digits to split: 5; give 6 or more", train("--data", file.toString()));
    }

    @Test
    void namesAnOutputDirectoryThatIsAFile() throws IOException {
        Path file = Files.createFile(directory.resolve("taken"));

        CommandLineRun run = CommandLineRun.of("train", "--out", file.toString());

        assertComplaint("--out " + file + " is a file; give --out a directory", run);
    }

    @Test
    void namesAnOutputDirectoryThatCannotBeMade() throws IOException {
        Path below = Files.createFile(directory.resolve("taken")).resolve("out");

        CommandLineRun run = CommandLineRun.of("train", "--out", below.toString());

        assertThat(run.err())
                .startsWith("statedict-sample: cannot write to " + below)
                .contains("; give --out another directory");
        assertComplaint(run);
    }

    @Test
    void saysWhatToDoWhenTrainingDiverges() {
        assertComplaint(
                "training diverged: no epoch has a finite loss; give a smaller --learning-rate or --weight-decay",
                train("--learning-rate", "1e38", "--epochs", "2"));
    }

    @Test
    void namesAnOptimizerThatIsNone() {
        assertComplaint(
                "Invalid value for option '--optimizer': expected one of [SGD, ADAM] (case-insensitive) but was"
                        + " 'sdg'; for help: java -jar statedict-sample.jar train --help",
                train("--optimizer", "sdg"));
    }

    @Test
    void refusesMomentumForAdam() {
        assertComplaint(
                "--momentum is for --optimizer SGD; leave it out, for Adam has its own",
                train("--optimizer", "adam", "--momentum", "0.9"));
    }

    @Test
    void trainsOnAFileOfOnesOwn() throws IOException {
        Path file = Files.write(
                directory.resolve("own.csv"),
                IntStream.range(0, 40)
                        .mapToObj(i -> i % 17 + BLANK.substring(1) + "," + i % 10)
                        .toList());

        CommandLineRun run = train("--data", file.toString(), "--epochs", "2", "--batch-size", "2000000000");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("40 digits: 28 to train on, 6 to validate, 6 to test\n");
    }

    private CommandLineRun train(String... arguments) {
        String out = directory.resolve("out").toString();
        return CommandLineRun.of(Stream.concat(Stream.of("train", "--out", out), Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    private void assertMalformed(String what, String... lines) throws IOException {
        Path file = Files.writeString(directory.resolve("malformed.csv"), String.join("\n", lines));

        assertComplaint(
                file + ", " + what + "; a line holds 64 pixels from 0 to 16, then the digit from 0 to 9",
                train("--data", file.toString()));
    }

    private static void assertComplaint(String message, CommandLineRun run) {
        assertThat(run.err()).isEqualTo("statedict-sample: " + message + System.lineSeparator());
        assertComplaint(run);
    }

    private static void assertComplaint(CommandLineRun run) {
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
