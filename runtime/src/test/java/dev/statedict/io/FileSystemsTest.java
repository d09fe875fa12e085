package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives, and file systems in memory. */
class FileSystemsTest {
    private static final WriteOptions SHARDED = WriteOptions.defaults().withShardSize(16);

    @TempDir
    Path directory;

    private final StateDict dict = StateDict.builder()
            .put("fc.weight", Tensor.wrap(new float[] {1, 2, 3, 4}, 2, 2))
            .put("fc.bias", Tensor.wrap(new float[] {5, 6}, 2))
            .build();

    private FileSystem open(String kind) throws IOException {
        return kind.equals("zip")
                ? FileSystems.newFileSystem(directory.resolve("some.zip"), Map.of("create", "true"))
                : Jimfs.newFileSystem(Configuration.unix().toBuilder()
                        // nothing but what every file system must have
                        .setSupportedFeatures(Feature.LINKS, Feature.SYMBOLIC_LINKS)
                        .setWorkingDirectory("/")
                        .build());
    }

    private static List<String> names(FileSystem files) throws IOException {
        try (Stream<Path> all = Files.list(files.getPath("/"))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("work"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "jimfs"})
    void shardsAreWrittenReadAndReplaced(String kind) throws IOException {
        try (FileSystem files = open(kind)) {
            Path path = files.getPath("/model.safetensors");
            Checkpoints.save(path, dict, SHARDED);
            Checkpoints.save(path, dict, SHARDED);
            assertThat(names(files))
                    .containsExactly(
                            "model.1-00001-of-00002.safetensors",
                            "model.1-00002-of-00002.safetensors",
                            "model.safetensors.index.json");
            assertThat(Checkpoints.load(path).contentEquals(dict)).isTrue();

            Checkpoints.save(path, dict);
            assertThat(names(files)).containsExactly("model.safetensors");
            assertThat(Checkpoints.load(path).contentEquals(dict)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "jimfs"})
    void aSaveThatFailsLeavesTheOldFile(String kind) throws IOException {
        try (FileSystem files = open(kind)) {
            Path path = files.getPath("/model.safetensors");
            Checkpoints.save(path, dict);
            WriteOptions failing = WriteOptions.defaults().withProgress((done, total) -> {
                throw new IllegalStateException("enough");
            });

            assertThatThrownBy(() -> Checkpoints.save(path, dict.withPrefix("a."), failing))
                    .hasMessage("enough");

            assertThat(names(files)).containsExactly("model.safetensors");
            assertThat(Checkpoints.load(path).contentEquals(dict)).isTrue();
        }
    }

    @Test
    void whatAnArchiveHoldsCompressedIsReadByPosition() throws IOException {
        try (FileSystem files = open("zip")) {
            Checkpoints.save(files.getPath("/model.pt"), dict);
        }
        try (FileSystem files = FileSystems.newFileSystem(directory.resolve("some.zip"));
                Checkpoint checkpoint = Checkpoints.open(files.getPath("/model.pt"))) {
            assertThat(checkpoint.tensor("fc.bias").contentEquals(dict.get("fc.bias")))
                    .isTrue();
            assertThat(checkpoint.location("fc.bias").file()).hasToString("/model.pt");
        }
    }
}
