package dev.statedict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.WriteOptions;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetaTest {
    @TempDir
    private Path directory;

    @Test
    void plainValuesOfACheckpointAreShownByPath() {
        assertThat(CommandRun.of("meta", "checkpoint.pt").out())
                .startsWith("values\n  optimizer.param_groups  [{\"lr\": 0.125, \"momentum\": 0.5, ")
                .endsWith("""
                          epoch                   3
                          loss                    0.25
                          args.lr                 0.125
                          args.name               first try
                        """);
    }

    @Test
    void aLongValueTakesOneLineOfATerminal() {
        assertThat(CommandRun.onTerminal(60, "meta", "checkpoint.pt").out().lines())
                .contains("  [{\"lr\": 0.125, \"momentum\": 0.5, \"dam... (--json shows all)")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
    }

    @Test
    void whatThisLibraryWritesIsShown() throws IOException {
        Path file = directory.resolve("made.safetensors");
        Checkpoints.save(
                file,
                StateDict.builder()
                        .put("fc.w", Tensor.scalar(0))
                        .version("", 2)
                        .extraState("fc", Map.of("vocabulary", "a b"))
                        .build(),
                WriteOptions.defaults().withDigest());

        assertThat(CommandRun.of("meta", file.toString()).out()).isEqualTo("""
                        metadata
                          format  pt
                        extraState
                          fc  {"vocabulary": "a b"}
                        versions
                          (root)  2
                        digests
                          fc.w  df3f619804a92fdb4057192dc43dd748ea778adc52bc498ce80524c014b81119
                        """);
    }

    @Test
    void aProgramGetsAllAsJson() {
        assertThat(CommandRun.of("meta", "--json", "finetuned.safetensors").out())
                .isEqualTo("""
                        {
                          "file": "finetuned.safetensors",
                          "metadata": {
                            "base": "model.safetensors",
                            "format": "pt"
                          },
                          "values": {},
                          "extraState": {},
                          "versions": {},
                          "digests": {},
                          "foreign": {}
                        }
                        """);
    }

    @Test
    void aFileOfTensorsAloneSaysSo() {
        assertThat(CommandRun.of("meta", "types.safetensors"))
                .isEqualTo(new CommandRun(0, "types.safetensors holds nothing beside its tensors\n", ""));
    }
}
