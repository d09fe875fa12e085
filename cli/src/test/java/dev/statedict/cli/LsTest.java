package dev.statedict.cli;

import static dev.statedict.cli.Complaints.assertComplaint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.io.Checkpoints;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LsTest {
    @TempDir
    private Path directory;

    private String saved(StateDict dict) throws IOException {
        Path file = directory.resolve("made.pt");
        Checkpoints.save(file, dict);
        return file.toString();
    }

    @Test
    void repeatedLayersAreOneLineAndTiesAreTold() {
        assertThat(CommandRun.of("ls", "model.safetensors").out()).isEqualTo("""
                        key                                    shape    type  size
                        steps                                  []       I64   8 B
                        embed.weight                           [32, 8]  F32   1.0 kB
                        layers.{0..11}.attention.query.bias    [8]      F32   12 x 32 B
                        layers.{0..11}.attention.query.weight  [8, 8]   F32   12 x 256 B
                        layers.{0..11}.attention.value.bias    [8]      F32   12 x 32 B
                        layers.{0..11}.attention.value.weight  [8, 8]   F32   12 x 256 B
                        layers.{0..11}.norm.bias               [8]      F32   12 x 32 B
                        layers.{0..11}.norm.weight             [8]      F32   12 x 32 B
                        norm.bias                              [8]      F32   32 B
                        norm.weight                            [8]      F32   32 B
                        head.weight                            [32, 8]  F32   tied to embed.weight
                        77 tensors of F32, I64, 2,193 elements, 8.8 kB, 1 tie
                        """);
    }

    @Test
    void allAreALineEach() {
        CommandRun run = CommandRun.of("ls", "--all", "legacy.pt", "layers.1?.norm.*", "steps");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                        key                    shape  type  size
                        steps                  []     I64   8 B
                        layers.10.norm.weight  [8]    F32   32 B
                        layers.10.norm.bias    [8]    F32   32 B
                        layers.11.norm.weight  [8]    F32   32 B
                        layers.11.norm.bias    [8]    F32   32 B
                        5 tensors of F32, I64, 33 elements, 136 B
                        """);
    }

    @Test
    void aScreenTooNarrowForTheTableHasTwoLinesForEach() {
        assertThat(CommandRun.onTerminal(40, "ls", "model.safetensors", "*norm.weight", "head*")
                        .out())
                .isEqualTo("""
                        key
                          shape  type  size
                        layers.{0..11}.norm.weight
                          [8]  F32  12 x 32 B
                        norm.weight
                          [8]  F32  32 B
                        head.weight
                          [32, 8]  F32  1.0 kB
                        14 tensors of F32, 360 elements, 1.4 kB
                        """);
    }

    @Test
    void numbersFoldFromTheLastToTheFirstWithTheirGaps() throws IOException {
        StateDictBuilder dict = StateDict.builder();
        for (int layer : new int[] {0, 1, 2, 4}) {
            for (int expert = 0; expert < 8; expert++) {
                dict.put("layers." + layer + ".experts." + expert + ".w", Tensor.zeros(2));
            }
        }
        dict.put("layers.3.experts.0.w", Tensor.zeros(3));
        dict.put("layers.007.w", Tensor.zeros(2)).put("layers.008.w", Tensor.zeros(2));

        assertThat(CommandRun.of("ls", saved(dict.build())).out()).isEqualTo("""
                        key                                shape  type  size
                        layers.{0..2,4}.experts.{0..7}.w  [2]    F32   32 x 8 B
                        layers.3.experts.0.w              [3]    F32   12 B
                        layers.007.w                      [2]    F32   8 B
                        layers.008.w                      [2]    F32   8 B
                        35 tensors of F32, 71 elements, 284 B
                        """.replace(
                        "key                                shape", "key                               shape"));
    }

    @Test
    void bytesThatViewsShareAreToldAndCountOnce() throws IOException {
        Tensor whole = Tensor.zeros(4, 4);
        String file = saved(StateDict.builder()
                .put("row", whole.select(0, 1))
                .put("whole", whole)
                .put("empty", Tensor.zeros(0, 4))
                .put("hollow", Tensor.zeros(0, 4))
                .build());

        assertThat(CommandRun.of("ls", file).out()).isEqualTo("""
                        key     shape   type  size
                        row     [4]     F32   16 B, shared with whole
                        whole   [4, 4]  F32   64 B
                        empty   [0, 4]  F32   0 B
                        hollow  [0, 4]  F32   0 B
                        4 tensors of F32, 20 elements, 64 B
                        """);
    }

    @Test
    void aProgramGetsJson() {
        assertThat(CommandRun.of("ls", "--json", "model.safetensors", "embed.weight")
                        .out())
                .isEqualTo("""
                        {
                          "file": "model.safetensors",
                          "tensors": [
                            {
                              "key": "embed.weight",
                              "shape": [32, 8],
                              "type": "F32",
                              "strides": [8, 1],
                              "file": "model.safetensors",
                              "offset": 6472,
                              "bytes": 1024
                            }
                          ],
                          "foreign": {},
                          "totals": {
                            "tensors": 1,
                            "elements": 256,
                            "bytes": 1024,
                            "ties": 0
                          }
                        }
                        """);
    }

    @Test
    void aProgramGetsALineOfJsonForEachTensor() {
        CommandRun run = CommandRun.of("ls", "--json-lines", "model.safetensors");

        assertThat(run.out().lines()).hasSize(77);
        assertThat(run.out().lines().filter(line -> line.contains("head.weight")))
                .containsExactly(
                        "{\"key\": \"head.weight\", \"shape\": [32, 8], \"type\": \"F32\", \"strides\": [8, 1],"
                                + " \"file\": \"model.safetensors\", \"offset\": 6472, \"bytes\": 1024, \"tiedTo\":"
                                + " \"embed.weight\"}");
    }

    @Test
    void shardsAreListedAsOneWithTheFileOfEach() {
        CommandRun run =
                CommandRun.of("ls", "--json-lines", "sharded/model.safetensors.index.json", "norm.bias", "*.0.*.bias");

        assertThat(run.out().lines())
                .hasSize(4)
                .anyMatch(line -> line.contains("\"file\": \"model-00001-of-00002.safetensors\""))
                .anyMatch(line -> line.contains("\"file\": \"model-00002-of-00002.safetensors\""));
    }

    @Test
    void controlCharactersOfKeysNeverReachATerminal() throws IOException {
        String file = saved(
                StateDict.builder().put("a\u001b[2J\nb\u202e", Tensor.zeros(1)).build());

        assertThat(CommandRun.of("ls", file).out()).contains("a\\u001b[2J\\nb\\u202e  [1]");
        assertThat(CommandRun.of("ls", "--json-lines", file).out()).contains("\"a\\u001b[2J\\nb\\u202e\"");
    }

    @Test
    void theHeadingIsBoldOnATerminal() {
        assertThat(CommandRun.inColors("ls", "model.safetensors", "steps").out())
                .startsWith("\u001b[1mkey    shape  type  size\u001b[0m\nsteps  []     I64   8 B\n");
    }

    @Test
    void aGlobThatMatchesNothingIsNamed() {
        assertComplaint(
                "no key of model.safetensors matches decoder.* or x; statedict ls lists all 77",
                "ls",
                "model.safetensors",
                "decoder.*",
                "x");
    }

    @Test
    void twoWaysToPrintAreOneTooMany() {
        assertComplaint(
                "--json and --json-lines are two ways to print; give one of them",
                "ls",
                "--json",
                "--json-lines",
                "model.safetensors");
    }
}
