package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy's arrays, and files that keep all that a dict is, stand wherever a file may. */
class FormatsTest {
    @TempDir
    private Path directory;

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void arraysOfNumpyAreListedShownAndVerified() {
        assertThat(CommandRun.of("ls", "arrays.npz").out()).isEqualTo("""
                        key           shape   type  size
                        dense/kernel  [4, 3]  F32   48 B
                        dense/bias    [3]     F32   12 B
                        counts        [2, 3]  I16   12 B
                        names is an array of texts; save numbers instead
                        3 tensors of F32, I16, 21 elements, 72 B, and 1 item of another kind
                        """);
        assertThat(CommandRun.of("show", "arrays.npz", "counts").out()).contains("[[0, 1, 2],", "[3, 4, 5]]");
        assertThat(CommandRun.of("verify", "arrays.npz").out())
                .isEqualTo("arrays.npz: sound; 3 tensors, 72 B, 4 CRC-32 sums, 1 item of another kind\n");
    }

    @Test
    void eachFormatIsConvertedToEachOther() {
        String before = "model.safetensors";
        for (String next : new String[] {"a.npz", "b.statedict", "c.pt", "d.statedict", "e.npz", "f.safetensors"}) {
            assertThat(CommandRun.of("convert", before, path(next)).err()).isEmpty();
            assertThat(CommandRun.of("diff", "--tensors-only", "model.safetensors", path(next))
                            .exitCode())
                    .as(next)
                    .isZero();
            before = path(next);
        }
    }

    @Test
    void aMappingGivesKerasWeightsTheirLayout() throws IOException {
        Path mapping = Files.writeString(directory.resolve("keras.json"), """
                [
                  {"rename": "{layer}/kernel", "to": "{layer}.weight"},
                  {"rename": "{layer}/bias", "to": "{layer}.bias"},
                  {"transpose": "*.weight"},
                  {"drop": "counts"}
                ]
                """);

        CommandRun run = CommandRun.of(
                "convert", "--skip-foreign", "--mapping", mapping.toString(), "arrays.npz", path("keras.safetensors"));

        assertThat(run.exitCode()).isZero();
        assertThat(CommandRun.of("ls", path("keras.safetensors")).out())
                .contains("dense.weight  [3, 4]  F32   48 B", "dense.bias    [3]     F32   12 B");
    }

    @Test
    void whatAFormatDoesNotHaveIsSaidInOneLine() {
        assertComplaint(
                "NumPy has no BF16; store as F32, F16 or F64, or save as .safetensors",
                "convert",
                "--type",
                "BF16",
                "model.safetensors",
                path("a.npz"));
        CommandRun.of("convert", "--skip-foreign", "arrays.npz", path("b.npz"));
        assertComplaint(
                "an .npy file holds one array, not 3; save as .npz, or one entry alone",
                "convert",
                path("b.npz"),
                path("c.npy"));
    }

    @Test
    void oneTensorBecomesAnArray() {
        String out = path("weight.npy");

        assertThat(CommandRun.of("convert", "model.safetensors", out, "norm.weight"))
                .isEqualTo(new CommandRun(
                        0,
                        "wrote " + out + ": 1 tensor, 32 B\n",
                        "statedict: " + out + ": left out metadata, for which an .npy has no room\n"));
        assertThat(CommandRun.of("ls", out).out()).contains("arr_0  [8]    F32   32 B");
    }
}
