package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories as Hugging Face lays them; {@code make-hub.py} wrote those that are read as they are. */
class HubDirectoryTest {
    private static final String NOTHING = "a directory without weights: it has no model.safetensors,"
            + " no model.safetensors.index.json, no pytorch_model.bin, no pytorch_model.bin.index.json"
            + " and no shards of a distributed checkpoint (shard-00001-model-...); ";

    @TempDir
    Path directory;

    private static StateDict one(float value) {
        return StateDict.builder().put("w", Tensor.scalar(value)).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin", "safetensors"})
    void shardsAreReadByTheirDirectoryTheirIndexAndTheNameOfTheWhole(String kind) throws IOException {
        Fixtures.copyAll("hub/" + kind, directory);
        String whole = kind.equals("bin") ? "pytorch_model.bin" : "model.safetensors";

        for (Path path : List.of(directory, directory.resolve(whole + ".index.json"), directory.resolve(whole))) {
            StateDict dict = Checkpoints.load(path);

            assertThat(dict.keySet()).startsWith("embed.weight").endsWith("fc.weight", "fc.bias");
            assertThat(dict.get("embed.weight").toArray()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(dict.get("fc.weight").toArray()).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(dict.storedType("fc.weight")).hasToString("BF16");
            assertThat(dict.get("fc.bias").toArray()).containsExactly(0.5f, -2);
        }
    }

    @Test
    void tiesWithinAShardOfPytorchStayTies() throws IOException {
        StateDict dict = Checkpoints.load(Fixtures.copyAll("hub/bin", directory));

        assertThat(dict.keySet()).containsExactly("embed.weight", "head.weight", "fc.weight", "fc.bias");
        assertThat(dict.get("head.weight").sharesStorageWith(dict.get("embed.weight")))
                .isTrue();
    }

    @Test
    void aTensorOfADirectoryIsReadAloneAndLiesInItsShard() throws IOException {
        Fixtures.copyAll("hub/bin", directory);

        try (Checkpoint checkpoint = Checkpoints.open(directory)) {
            assertThat(checkpoint.location("fc.bias").file())
                    .isEqualTo(directory.resolve("pytorch_model-00002-of-00002.bin"));
            assertThat(checkpoint.tensor("fc.bias").toArray()).containsExactly(0.5f, -2);
            assertThat(checkpoint.metadata()).isEqualTo(Map.of("total_size", "52"));
        }
    }

    @Test
    void shardsOfPytorchKeepExtraStateAndVersionsOfEach() throws IOException {
        Checkpoints.save(
                directory.resolve("pytorch_model-00001-of-00002.bin"),
                StateDict.builder()
                        .put("a.w", Tensor.scalar(1))
                        .extraState("a", "said")
                        .version("a", 2)
                        .build());
        Checkpoints.save(
                directory.resolve("pytorch_model-00002-of-00002.bin"),
                StateDict.builder().put("b.w", Tensor.scalar(2)).version("b", 3).build());
        Files.writeString(
                directory.resolve("pytorch_model.bin.index.json"),
                "{\"weight_map\": {\"a.w\": \"pytorch_model-00001-of-00002.bin\","
                        + " \"a._extra_state\": \"pytorch_model-00001-of-00002.bin\","
                        + " \"b.w\": \"pytorch_model-00002-of-00002.bin\"}}");

        StateDict dict = Checkpoints.load(directory);

        assertThat(dict.extraState()).isEqualTo(Map.of("a", "said"));
        assertThat(dict.versions()).containsEntry("a", 2).containsEntry("b", 3);
    }

    /** As transformers looks for them. */
    @Test
    void ofSeveralTheFirstOfTheOrderOfTransformersIsRead() throws IOException {
        Checkpoints.save(directory.resolve("model.safetensors"), one(1));
        Files.writeString(
                directory.resolve("model.safetensors.index.json"), "{\"weight_map\": {\"w\": \"two.safetensors\"}}");
        Checkpoints.save(directory.resolve("two.safetensors"), one(2));
        Checkpoints.save(directory.resolve("pytorch_model.bin"), one(3));
        Files.writeString(directory.resolve("pytorch_model.bin.index.json"), "{\"weight_map\": {\"w\": \"four.bin\"}}");
        Checkpoints.save(directory.resolve("four.bin"), one(4));

        for (String name : new String[] {
            "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"
        }) {
            float expected = List.of(
                                    "model.safetensors",
                                    "model.safetensors.index.json",
                                    "pytorch_model.bin",
                                    "pytorch_model.bin.index.json")
                            .indexOf(name)
                    + 1;
            assertThat(Checkpoints.load(directory).get("w").item()).isEqualTo(expected);
            Files.delete(directory.resolve(name));
        }
    }

    @Test
    void aDirectoryWithNothingOfItSaysWhatWasLookedForAndWhatThereIs() throws IOException {
        assertRefused(directory, NOTHING + "give the directory or the file that has the weights");

        Checkpoints.save(Files.createDirectory(directory.resolve("unet")).resolve("model.safetensors"), one(1));
        assertRefused(directory, NOTHING + "name what you mean; there are \"unet\"");

        Checkpoints.save(directory.resolve("adapter_model.safetensors"), one(1));
        Checkpoints.save(directory.resolve("best.pt"), one(1));
        assertRefused(directory, NOTHING + "name what you mean; there are \"adapter_model.safetensors\", \"best.pt\"");
    }

    @Test
    void pytorchsOwnFormatOfDistributedCheckpointsIsNamedWithTheWayOut() throws IOException {
        Files.write(directory.resolve(".metadata"), new byte[1]);
        Files.write(directory.resolve("__0_0.distcp"), new byte[1]);

        assertRefused(
                directory,
                "a distributed checkpoint of PyTorch in its own format (.distcp); convert it by"
                        + " torch.distributed.checkpoint.format_utils.dcp_to_torch_save");
    }

    @Test
    void whatIsWrongInADirectoryNamesTheFile() throws IOException {
        Files.write(directory.resolve("model.safetensors"), new byte[3]);

        assertRefused(directory, "model.safetensors: expected 8 bytes of header length, the file has 3");
    }

    @Test
    void allInWhichShardsAndIndexDisagreeIsToldAtOnce() throws IOException {
        Checkpoints.save(
                directory.resolve("a.bin"),
                StateDict.builder()
                        .put("w", Tensor.scalar(1))
                        .put("v", Tensor.scalar(1))
                        .build());
        Checkpoints.save(directory.resolve("b.bin"), one(2));
        Path index = directory.resolve("pytorch_model.bin.index.json");
        Files.writeString(index, "{\"weight_map\": {\"w\": \"a.bin\", \"v\": \"b.bin\", \"u\": \"b.bin\"}}");

        assertRefused(
                index,
                "index and shards do not agree:\n"
                        + "\tthe shards \"a.bin\" and \"b.bin\" both hold \"w\"\n"
                        + "\tthe index has \"v\" in the shard \"b.bin\", which lacks it; \"a.bin\" has it\n"
                        + "\tthe index has \"u\" in the shard \"b.bin\", which lacks it\n"
                        + "fetch index and shards again, of one revision");

        Files.writeString(index, "{\"weight_map\": {\"w\": \"x.bin\", \"v\": \"y.bin\"}}");
        assertRefused(
                index, "the shards \"x.bin\", \"y.bin\" are missing; fetch index and shards again, of one revision");
    }

    /** As {@code git clone} leaves them where Git LFS is not installed. */
    @Test
    void aShardThatIsAPointerOfGitLfsIsCalledOne() throws IOException {
        Fixtures.copyAll("hub/safetensors", directory);
        for (int shard = 1; shard <= 2; shard++) {
            Files.writeString(
                    directory.resolve("model-0000" + shard + "-of-00002.safetensors"),
                    "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
        }

        assertRefused(
                directory.resolve("model.safetensors.index.json"),
                "index and shards do not agree:\n"
                        + "\tshard \"model-00001-of-00002.safetensors\": a pointer of Git LFS in place of the file;"
                        + " fetch it by git lfs pull\n"
                        + "\tshard \"model-00002-of-00002.safetensors\": a pointer of Git LFS in place of the file;"
                        + " fetch it by git lfs pull\n"
                        + "fetch index and shards again, of one revision");
    }

    @Test
    void aShardOfPytorchsIndexDoesNotLieElsewhere() throws IOException {
        Path index = directory.resolve("pytorch_model.bin.index.json");
        for (String name : new String[] {"../a.bin", "/a.bin", "a/b.bin", ".bin", "model.safetensors"}) {
            Files.writeString(index, "{\"weight_map\":{\"w\":\"" + name + "\"}}");

            assertRefused(
                    index,
                    "offset 19: \"" + name
                            + "\" is no plain file name that ends in .bin; a shard lies beside its index");
        }
    }

    @Test
    void aShardThatNoFileCanBeCalledIsMissing() throws IOException {
        Path index = directory.resolve("model.safetensors.index.json");
        String name = "x".repeat(300) + ".safetensors";
        Files.writeString(index, "{\"weight_map\":{\"w\":\"" + name + "\"}}");

        assertThatThrownBy(() -> Checkpoints.load(index))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageStartingWith(index + ": the shard \"xxx")
                .hasMessageEndingWith(" is missing; fetch index and shards again, of one revision");
    }

    /** The hub's cache: files are links into blobs, and refs/main names the revision. */
    private final class Cache {
        final Path repository = directory.resolve("models--org--name");
        final Path snapshots = repository.resolve("snapshots");

        Cache revision(String revision, String fixtures) throws IOException {
            Path files = Fixtures.copyAll(fixtures, Files.createDirectories(directory.resolve("files-" + revision)));
            Path snapshot = Files.createDirectories(snapshots.resolve(revision));
            Path blobs = Files.createDirectories(repository.resolve("blobs"));
            int count = 0;
            for (Path file : Files.list(files).sorted().toList()) {
                Path blob = Files.move(file, blobs.resolve(revision + count++));
                try {
                    Files.createSymbolicLink(
                            snapshot.resolve(file.getFileName()),
                            Path.of("..", "..", "blobs").resolve(blob.getFileName()));
                } catch (IOException | UnsupportedOperationException noLinks) {
                    assumeThat(false).as("symbolic links").isTrue();
                }
            }
            return this;
        }

        Cache main(String revision) throws IOException {
            Files.createDirectories(repository.resolve("refs"));
            Files.writeString(repository.resolve("refs").resolve("main"), revision);
            return this;
        }
    }

    @Test
    void aRepositoryInTheHubsCacheIsReadByItselfByItsSnapshotAndByItsLinks() throws IOException {
        Cache cache = new Cache()
                .revision("5f9c", "hub/bin")
                .revision("a1", "hub/safetensors")
                .main("5f9c");
        Path snapshot = cache.snapshots.resolve("5f9c");

        for (Path path : List.of(cache.repository, snapshot, snapshot.resolve("pytorch_model.bin.index.json"))) {
            assertThat(Checkpoints.load(path)).hasSize(4);
        }
        assertThat(Checkpoints.load(cache.snapshots.resolve("a1"))).hasSize(3);
    }

    @Test
    void ofACachedRepositoryWithoutAMainRevisionTheOnlyOneIsRead() throws IOException {
        Cache cache = new Cache().revision("5f9c", "hub/bin");
        assertThat(Checkpoints.load(cache.repository)).hasSize(4);

        cache.revision("a1", "hub/safetensors");
        assertRefused(
                cache.repository,
                "a repository of the hub's cache without refs/main; name one of its snapshots, \"5f9c\", \"a1\"");
    }

    @Test
    void aRevisionThatIsNotThereOrLeadsElsewhereIsRefused() throws IOException {
        Cache cache = new Cache().revision("5f9c", "hub/bin");
        Checkpoints.save(directory.resolve("model.safetensors"), one(1));

        for (String revision : new String[] {"77", "../..", "..", "/", ""}) {
            cache.main(revision);
            assertRefused(
                    cache.repository,
                    "refs/main in it names the revision \"" + revision
                            + "\", which is not among its snapshots; download the repository again");
        }
    }

    @Test
    void aLinkWithoutItsBlobIsCalledOne() throws IOException {
        Cache cache = new Cache().revision("5f9c", "hub/bin");
        Path snapshot = cache.snapshots.resolve("5f9c");
        Path index = snapshot.resolve("pytorch_model.bin.index.json");
        Path blob = index.toRealPath();

        assertRefused(
                Files.copy(blob, blob.resolveSibling("x.bin.index.json")),
                "the shards \"pytorch_model-00001-of-00002.bin\", \"pytorch_model-00002-of-00002.bin\" are missing;"
                        + " name the index by its link in snapshots, where its shards lie beside it");
        Files.delete(blob);
        assertRefused(
                snapshot,
                "\"pytorch_model.bin.index.json\" in it is a link to \""
                        + Path.of("..", "..", "blobs", blob.getFileName().toString())
                        + "\", which is not there; download the repository again");
    }

    @Test
    void theCacheItselfNamesTheRepositoriesInIt() throws IOException {
        new Cache().revision("5f9c", "hub/bin");

        assertRefused(directory, NOTHING + "name what you mean; there are \"models--org--name\"");
    }

    private static void assertRefused(Path path, String problem) {
        assertThatThrownBy(() -> Checkpoints.open(path))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(path + ": " + problem);
    }

    @BeforeEach
    void inADirectoryOfItsOwn() throws IOException {
        directory = Files.createDirectory(directory.resolve("weights"));
    }
}
