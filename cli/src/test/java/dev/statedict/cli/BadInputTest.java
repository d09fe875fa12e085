package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input: one line on standard error that names file, place and mend; exit code 2; no stack trace. */
class BadInputTest {
    private final InputStream standardInput = System.in;

    @TempDir
    private Path directory;

    @AfterEach
    void restoreStandardInput() {
        System.setIn(standardInput);
    }

    @Test
    void asksForACommand() {
        assertComplaint("Missing required subcommand; for help: statedict --help");
    }

    @Test
    void namesAnUnknownCommand() {
        assertComplaint("Unmatched argument at index 0: 'lst'; for help: statedict --help", "lst");
    }

    @Test
    void namesAnUnknownOption() {
        assertComplaint("Unknown option: '--al'; for help: statedict ls --help", "ls", "--al", "model.safetensors");
    }

    @Test
    void namesAFileThatIsMissing() {
        assertComplaint("no such file: modle.safetensors; check the path", "ls", "modle.safetensors");
    }

    @Test
    void namesWhatADirectoryLacksAndWhatItHolds() throws IOException {
        String lacking = ": a directory without weights: it has no model.safetensors, no model.safetensors.index.json,"
                + " no pytorch_model.bin, no pytorch_model.bin.index.json and no shards of a distributed checkpoint"
                + " (shard-00001-model-...); ";

        assertComplaint(
                directory + lacking + "give the directory or the file that has the weights",
                "ls",
                directory.toString());
        Files.copy(Path.of("types.safetensors"), directory.resolve("types.safetensors"));
        assertComplaint(
                directory + lacking + "name what you mean; there are \"types.safetensors\"",
                "convert",
                directory.toString(),
                directory.resolve("a.pt").toString());
        assertComplaint(
                directory + " has no file of pickles (.bin, .pt, .pth, .ckpt, .pkl); other formats run nothing",
                "scan",
                directory.toString());
    }

    @Test
    void namesThePlaceAtWhichAFileIsCutShort() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of("model.safetensors"));
        Path file = Files.write(directory.resolve("cut.safetensors"), Arrays.copyOf(whole, 10_000));

        assertComplaint(
                file
                        + ": expected 8,776 bytes of data at offset 6,464, the file has 3,536; fetch or save the file anew",
                "ls",
                file.toString());
    }

    @Test
    void namesAFileOfAnotherKind() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "no tensors here");

        assertComplaint(
                file
                        + ": neither safetensors nor a checkpoint of PyTorch, NumPy or statedict; fetch or save the file anew",
                "ls",
                file.toString());
        Path empty = Files.createFile(directory.resolve("empty.pt"));
        assertComplaint(
                empty
                        + ": neither safetensors nor a checkpoint of PyTorch, NumPy or statedict; fetch or save the file anew",
                "ls",
                empty.toString());
    }

    @Test
    void namesStandardInputAsSuch() {
        System.setIn(new ByteArrayInputStream("no tensors here".getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        assertComplaint(
                "standard input: neither safetensors nor a checkpoint of PyTorch, NumPy or statedict; fetch or save the file anew",
                "ls",
                "-");
    }

    @Test
    void readsAFileThatComesThroughAPipe() throws IOException {
        System.setIn(new ByteArrayInputStream(Files.readAllBytes(Path.of("model.safetensors"))));

        assertThat(CommandRun.of("ls", "-", "steps").out()).contains("steps  []     I64   8 B");
    }

    @Test
    void keepsAMessageOnOneLineWhateverTheFileSays() throws IOException {
        byte[] header = "{\"a\\nb\": {\"dtype\": \"F99\", \"shape\": [], \"data_offsets\": [0, 0]}}   "
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] content = new byte[8 + header.length];
        content[0] = (byte) header.length;
        System.arraycopy(header, 0, content, 8, header.length);
        Path file = Files.write(directory.resolve("line.safetensors"), content);

        CommandRun run = CommandRun.of("ls", file.toString());

        assertThat(run.err().lines()).singleElement().asString().contains("\"a\\nb\": dtype \"F99\" is not supported");
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
