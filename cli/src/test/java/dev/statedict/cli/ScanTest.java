package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanTest {
    @TempDir
    private Path directory;

    @Test
    void whatAPickleWouldHaveRunIsToldWithItsPlace() {
        CommandRun run = CommandRun.of("scan", "payload.pt");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("""
                        name                             offset                   calls
                        torch._utils._rebuild_tensor_v2  19 of payload/data.pkl   1      plain
                        torch.FloatStorage               70 of payload/data.pkl   0      plain
                        collections.OrderedDict          129 of payload/data.pkl  1      plain
                        posix.system                     180 of payload/data.pkl  1      NOT PLAIN
                        would call posix.system('echo executed',)
                        payload.pt is not plain: 1 name that tensors and plain values do not need
                        """);
    }

    @Test
    void aCheckpointOfTensorsIsPlain() {
        CommandRun run = CommandRun.of("scan", "legacy.pt");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).endsWith("legacy.pt is plain: tensors and plain values need all of it\n");
        assertThat(CommandRun.of("scan", "model.safetensors"))
                .isEqualTo(new CommandRun(0, "model.safetensors runs nothing\n", ""));
    }

    @Test
    void whatBreaksOffIsNotPlain() throws IOException {
        Path file = Files.write(
                directory.resolve("cut.pkl"), "cos\nsystem\n(S'ls\033[2J'\ntR".getBytes(StandardCharsets.ISO_8859_1));

        CommandRun run = CommandRun.of("scan", file.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .endsWith("would call os.system('ls\\u001b[2J',)\n"
                        + "the pickle breaks off: it ends at offset 24, within an instruction\n"
                        + file + " is not plain: 1 name that tensors and plain values do not need and 1 problem\n");
    }

    @Test
    void whatIsNotPlainIsRedOnATerminal() {
        assertThat(CommandRun.inColors("scan", "payload.pt").out())
                .contains("\u001b[31mposix.system ")
                .contains("\u001b[31mwould call posix.system('echo executed',)\u001b[0m\n");
    }

    @Test
    void aProgramGetsJson() {
        assertThat(CommandRun.of("scan", "--json", "payload.pt").out())
                .contains("\"plain\": false,")
                .contains("""
                            {
                              "module": "posix",
                              "name": "system",
                              "pickle": "payload/data.pkl",
                              "offset": 180,
                              "calls": 1,
                              "firstCall": "posix.system('echo executed',)",
                              "plain": false
                            }
                        """);
    }

    @Test
    void whatIsNoPickleIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "no tensors here");

        assertComplaint(
                file
                        + ": neither an archive of PyTorch nor a pickle: the pickle breaks off: offset 0 holds 0x6e, which is"
                        + " no instruction; fetch or save the file anew",
                "scan",
                file.toString());
    }
}
