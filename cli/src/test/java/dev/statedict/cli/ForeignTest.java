package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file holds that is neither a tensor nor a plain value is told, and in nobody's way. */
class ForeignTest {
    private static final String PAYLOAD =
            "an object of Python (posix.system), nothing of which is executed; save numbers,"
                    + " texts, lists or dicts in its place";

    @TempDir
    private Path directory;

    @Test
    void itIsListedBelowTheTensors() {
        assertThat(CommandRun.of("ls", "payload.pt"))
                .isEqualTo(new CommandRun(
                        0,
                        "key     shape  type  size\nweight  [2]    F32   8 B\npayload is " + PAYLOAD
                                + "\n1 tensor of F32, 2 elements, 8 B, and 1 item of another kind\n",
                        ""));
        assertThat(CommandRun.of("ls", "--json", "payload.pt").out())
                .contains("\"foreign\": {\n    \"payload\": \"an object of Python (posix.system)");
        assertThat(CommandRun.of("ls", "payload.pt", "weight").out()).doesNotContain("payload is");
    }

    @Test
    void itLiesBesideTheTensors() {
        assertThat(CommandRun.of("meta", "payload.pt").out()).isEqualTo("foreign\n  payload  " + PAYLOAD + "\n");
        assertThat(CommandRun.of("verify", "payload.pt").out()).endsWith("sums, 1 item of another kind\n");
    }

    @Test
    void itCannotBeShown() {
        assertComplaint("payload.pt: payload is " + PAYLOAD, "show", "payload.pt", "payload");
        assertThat(CommandRun.of("show", "payload.pt", "*").exitCode()).isZero();
    }

    @Test
    void itIsLeftOutOnRequestAlone() {
        String out = directory.resolve("out.safetensors").toString();

        assertComplaint(
                "payload.pt: neither a tensor nor a plain value: payload; give --skip-foreign to leave it out",
                "convert",
                "payload.pt",
                out);
        assertThat(CommandRun.of("convert", "--skip-foreign", "payload.pt", out))
                .isEqualTo(new CommandRun(
                        0,
                        "wrote " + out + ": 1 tensor, 8 B\n",
                        "statedict: payload.pt: left out what is no tensor: payload\n"));
    }
}
