package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of ours as PyTorch, NumPy and the reference safetensors read them. Runs where the environment variable {@code
 * STATEDICT_PYTHON} names a Python that has PyTorch 1.13 or later, and perhaps safetensors.
 */
@EnabledIfEnvironmentVariable(named = "STATEDICT_PYTHON", matches = ".+")
class OracleTest {
    @TempDir
    Path directory;

    @Test
    void pytorchAndSafetensorsReadOurFiles() throws IOException, InterruptedException {
        for (String version : new String[] {"1.13", "2.13"}) {
            StateDict dict = Checkpoints.load(Fixtures.copy("tensors-" + version + ".pt", directory));
            Checkpoints.save(directory.resolve("saved-" + version + ".pt"), dict);
        }
        StateDict linear = StateDict.builder()
                .put("fc.weight", Tensor.wrap(new float[] {1, 2}, 1, 2))
                .put("fc.bias", Tensor.wrap(new float[] {3}, 1))
                .extraState("fc", "text")
                .version("fc", 3)
                .build();
        Checkpoints.save(directory.resolve("extra.pt"), linear);
        Checkpoints.save(
                directory.resolve("half.pt"),
                StateDict.builder()
                        .put("w", Tensor.wrap(new float[] {0.5f, 1.5f}, 2))
                        .build(),
                WriteOptions.defaults().withStoredType(StoredType.F16));
        Checkpoints.save(directory.resolve("empty.pt"), StateDict.builder().build());
        StateDict types = Checkpoints.load(Fixtures.copy("types.safetensors", directory));
        Checkpoints.save(directory.resolve("saved.safetensors"), types);
        Checkpoints.save(
                directory.resolve("digest.safetensors"),
                types,
                WriteOptions.defaults().withDigest());
        Checkpoints.save(
                directory.resolve("saved-tied.safetensors"),
                Checkpoints.load(Fixtures.copy("tied.safetensors", directory)));
        StateDict arrays = Checkpoints.load(Fixtures.copy("numpy.npz", directory));
        Checkpoints.save(directory.resolve("saved.npz"), arrays);
        Checkpoints.save(
                directory.resolve("commented.npz"),
                arrays,
                WriteOptions.defaults().withDigest());
        Checkpoints.save(directory.resolve("saved.npy"), arrays.filter("f4/columns"::equals));
        Path script = Fixtures.copy("check-files.py", directory);

        Process python = new ProcessBuilder(System.getenv("STATEDICT_PYTHON"), script.toString(), directory.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(python.waitFor()).as(output).isZero();
    }
}
