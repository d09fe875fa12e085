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

class DiffTest {
    @TempDir
    private Path directory;

    private String saved(String name, Tensor tensor) throws IOException {
        Path file = directory.resolve(name);
        Checkpoints.save(file, StateDict.builder().put("w", tensor).build());
        return file.toString();
    }

    @Test
    void keysShapesTypesValuesAndMetadataAreCompared() {
        CommandRun run = CommandRun.of("diff", "model.safetensors", "finetuned.safetensors");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("""
                        - steps                            only in model.safetensors
                        - head.weight                      only in model.safetensors
                        + head.bias                        only in finetuned.safetensors
                        ~ norm.weight                      shape [8] became [16]
                        ~ norm.bias                        type F32 became F16
                        ~ layers.3.attention.query.weight  2 elements differ, at most 0.5000 or 24,009,800 ULP, first at [1, 2]
                        ~ metadata base                    nothing became model.safetensors
                        72 tensors are the same
                        """);
    }

    @Test
    void filesOfTwoFormatsAreTheSameByTheirTensors() {
        assertThat(CommandRun.of("diff", "--tensors-only", "model.safetensors", "legacy.pt"))
                .isEqualTo(new CommandRun(0, "77 tensors are the same\n", ""));
        assertThat(CommandRun.of("diff", "model.safetensors", "legacy.pt"))
                .isEqualTo(new CommandRun(1, "~ metadata format  pt became nothing\n77 tensors are the same\n", ""));
    }

    @Test
    void aFileIsTheSameAsItself() {
        assertThat(CommandRun.of("diff", "diverged.safetensors", "diverged.safetensors"))
                .isEqualTo(new CommandRun(0, "1 tensor is the same\n", ""));
    }

    @Test
    void neighboursAreOneUlpApart() throws IOException {
        String one = saved("one.safetensors", Tensor.scalar(1));
        String next = saved("next.safetensors", Tensor.scalar(Math.nextUp(1f)));

        assertThat(CommandRun.of("diff", one, next).out())
                .isEqualTo("~ w  1 element differs, at most 1.192e-07 or 1 ULP, first at []\n0 tensors are the same\n");
    }

    @Test
    void onlyTheKeysThatAreAskedForAreCompared() {
        assertThat(CommandRun.of("diff", "--tensors-only", "model.safetensors", "finetuned.safetensors", "layers.4.*"))
                .isEqualTo(new CommandRun(0, "6 tensors are the same\n", ""));
        assertComplaint(
                "no key of model.safetensors or finetuned.safetensors matches nothing; statedict ls lists all 78",
                "diff",
                "model.safetensors",
                "finetuned.safetensors",
                "nothing");
    }

    @Test
    void whatIsMissingIsRedAndWhatIsNewGreen() {
        assertThat(CommandRun.inColors("diff", "model.safetensors", "finetuned.safetensors")
                        .out())
                .contains("\u001b[31m- steps")
                .contains("\u001b[32m+ head.bias")
                .contains("\u001b[33m~ norm.weight");
    }

    @Test
    void aProgramGetsJson() throws IOException {
        String nan = saved("nan.safetensors", Tensor.scalar(Float.NaN));
        String one = saved("one.safetensors", Tensor.scalar(1));

        assertThat(CommandRun.of("diff", "--json", nan, one).out()).isEqualTo("""
                        {
                          "equal": false,
                          "same": 0,
                          "missing": [],
                          "added": [],
                          "shapes": [],
                          "types": [],
                          "values": [
                            {
                              "key": "w",
                              "count": 1,
                              "maxAbsolute": "NaN",
                              "maxUlp": 1077936128,
                              "firstIndex": []
                            }
                          ],
                          "beside": []
                        }
                        """);
    }
}
