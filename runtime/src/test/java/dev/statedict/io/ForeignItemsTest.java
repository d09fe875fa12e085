package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignItemsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"foreign.pt", "foreign-legacy.pt"})
    void whatIsForeignIsNamedWithItsMendAndTheRestIsRead(String name) throws IOException {
        Path file = Fixtures.copy(name, directory);

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.keys()).containsExactly("model.weight", "model.bias");
            assertThat(checkpoint.tensor("model.weight").shape()).containsExactly(1, 2);
            assertThat(checkpoint.values()).hasToString("{epoch=3, scores.0=0.5}");
            assertThat(checkpoint.foreign().toString().split("(?<=, )(?=[a-z]+(\\.1)?=)"))
                    .containsExactly(
                            "{args=an argparse.Namespace; save vars(namespace) instead, ",
                            "best=a NumPy scalar; save value.item() instead, ",
                            "scores.1=a NumPy scalar; save value.item() instead, ",
                            "array=a NumPy array; save torch.from_numpy(array) instead, ",
                            "counts=a collections.defaultdict; save dict(value) instead, ",
                            "path=a path (pathlib.PurePosixPath); save str(path) instead, ",
                            "day=a date or time (datetime.date); save value.isoformat() instead, ",
                            "kept=an object of Python (__builtin__.frozenset), nothing of which is executed; save"
                                    + " numbers, texts, lists or dicts in its place, ",
                            "complex=a tensor of torch.complex64; save torch.view_as_real(tensor) instead, ",
                            "four=a tensor of torch.float4_e2m1fn_x2; save its values in a wider type instead, ",
                            "negative=a tensor with pending operations; save tensor.resolve_neg() or"
                                    + " tensor.resolve_conj(), ",
                            "sparse=a sparse tensor; save tensor.to_dense() instead, ",
                            "quantized=a quantized tensor; save tensor.dequantize() instead, ",
                            "whole=a whole module (torch.nn.modules.linear.Linear); save its state_dict() instead}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"foreign.pt", "foreign-legacy.pt"})
    void loadingTheWholeNamesWhatIsForeignAndBothWaysOn(String name) {
        Path file = Fixtures.copy(name, directory);

        assertThatThrownBy(() -> Checkpoints.load(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file + """
                        : it holds what is neither a tensor nor a plain value:
                        \t"args": an argparse.Namespace; save vars(namespace) instead
                        \t"best": a NumPy scalar; save value.item() instead
                        \t"scores.1": a NumPy scalar; save value.item() instead
                        \t"array": a NumPy array; save torch.from_numpy(array) instead
                        \t"counts": a collections.defaultdict; save dict(value) instead
                        \t"path": a path (pathlib.PurePosixPath); save str(path) instead
                        \t"day": a date or time (datetime.date); save value.isoformat() instead
                        \t"kept": an object of Python (__builtin__.frozenset), nothing of which is executed; \
                        save numbers, texts, lists or dicts in its place
                        \t"complex": a tensor of torch.complex64; save torch.view_as_real(tensor) instead
                        \t"four": a tensor of torch.float4_e2m1fn_x2; save its values in a wider type instead
                        \t"negative": a tensor with pending operations; save tensor.resolve_neg() or tensor.resolve_conj()
                        \t"sparse": a sparse tensor; save tensor.to_dense() instead
                        \t"quantized": a quantized tensor; save tensor.dequantize() instead
                        \t"whole": a whole module (torch.nn.modules.linear.Linear); save its state_dict() instead
                        Read a part without them, by ReadOptions.defaults().withPart("model"), or leave them out, by \
                        ReadOptions.defaults().skipForeign()""");
    }

    @Test
    void ofManyForeignItemsTheFirstAreNamed() throws IOException {
        StringBuilder pickle = new StringBuilder("\u0080\2}(");
        for (char key = 'a'; key <= 'z'; key++) {
            pickle.append("X\1\0\0\0").append(key).append("cdecimal\nDecimal\n");
        }
        Path file = Files.write(directory.resolve("many.pt"), Archive.of(pickle + "u."));

        assertThatThrownBy(() -> Checkpoints.load(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageContaining("\"t\": an object of Python (decimal.Decimal), nothing of which is executed; save"
                        + " numbers, texts, lists or dicts in its place\n\t... and 6 items.\nLeave them out");
    }

    @Test
    void aPartThatHoldsNothingForeignIsRead() throws IOException {
        Path file = Fixtures.copy("foreign.pt", directory);

        assertThat(Checkpoints.load(file, ReadOptions.defaults().withPart("model")))
                .containsOnlyKeys("weight", "bias");
        assertThatThrownBy(() -> Checkpoints.open(file, ReadOptions.defaults().withPart("args")))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file + ": the part \"args\" is an argparse.Namespace; save vars(namespace) instead");
    }

    @Test
    void theOptionLeavesOutWhatIsForeign() throws IOException {
        StateDict dict = Checkpoints.load(
                Fixtures.copy("foreign.pt", directory), ReadOptions.defaults().skipForeign());

        assertThat(dict).containsOnlyKeys("model.weight", "model.bias");
    }

    @Test
    void whoAsksForItIsToldWhatItIs() throws IOException {
        Path file = Fixtures.copy("foreign.pt", directory);
        String problem = file + ": \"complex\" is a tensor of torch.complex64; save torch.view_as_real(tensor) instead";

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThatThrownBy(() -> checkpoint.tensor("complex"))
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessage(problem);
            assertThatThrownBy(() -> checkpoint.shape("complex"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(problem);
        }
    }

    @Test
    void foreignTypesOfSafetensorsSpoilNothing() throws IOException {
        Path file = Fixtures.copy("foreign.safetensors", directory);

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.foreign())
                    .hasToString("{complex=a tensor of C64; save torch.view_as_real(tensor) instead}");
            assertThat(checkpoint.tensor("weight").toArray()).containsExactly(1, 2);
        }
        assertThatThrownBy(() -> Checkpoints.load(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file + ": it holds what is neither a tensor nor a plain value:\n"
                        + "\t\"complex\": a tensor of C64; save torch.view_as_real(tensor) instead\n"
                        + "Leave them out by ReadOptions.defaults().skipForeign()");
    }

    @Test
    void foreignTensorsOfOneShardSpoilNothing() throws IOException {
        Files.copy(Fixtures.copy("foreign.safetensors", directory), directory.resolve("m-00001-of-00002.safetensors"));
        Checkpoints.save(
                directory.resolve("m-00002-of-00002.safetensors"),
                StateDict.builder().put("bias", Tensor.scalar(3)).build());
        Path index = Files.writeString(directory.resolve("m.safetensors.index.json"), """
                {"weight_map": {
                  "complex": "m-00001-of-00002.safetensors",
                  "weight": "m-00001-of-00002.safetensors",
                  "bias": "m-00002-of-00002.safetensors"}}""");

        try (Checkpoint checkpoint = Checkpoints.open(index)) {
            assertThat(checkpoint.keys()).containsExactly("weight", "bias");
            assertThat(checkpoint.foreign()).containsOnlyKeys("complex");
        }
    }

    @Test
    void aWholeModuleIsNamed() {
        Path file = Fixtures.copy("module.pt", directory);

        assertThatThrownBy(() -> Checkpoints.open(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(file + ": it holds no dict but a whole module (torch.nn.modules.linear.Linear); save its"
                        + " state_dict() instead");
    }

    @Test
    void nothingIsExecutedWhateverAPickleNames() throws IOException {
        // {"w": os.system("touch ..."), "epoch": 3}
        Path touched = directory.resolve("touched");
        String command = "touch " + touched;
        Path file = Files.write(
                directory.resolve("evil.pt"),
                Archive.of("\u0080\2}(X\1\0\0\0wcposix\nsystem\nX" + (char) command.length() + "\0\0\0" + command
                        + "\u0085RX\5\0\0\0epochK\3u."));

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.values()).hasToString("{epoch=3}");
            assertThat(checkpoint.foreign())
                    .hasToString("{w=an object of Python (posix.system), nothing of which is executed; save numbers,"
                            + " texts, lists or dicts in its place}");
        }
        assertThat(touched).doesNotExist();
    }
}
