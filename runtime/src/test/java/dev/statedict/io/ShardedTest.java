package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ShardedTest {
    private static final WriteOptions EIGHT_BYTES = WriteOptions.defaults().withShardSize(8);

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("model.safetensors");
    }

    private Path index() {
        return directory.resolve("model.safetensors.index.json");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static StateDict dict(float value) {
        Tensor tied = Tensor.wrap(new float[] {value, 2}, 2);
        return StateDict.builder()
                .put("d", Tensor.scalar(value))
                .put("big", Tensor.wrap(new float[] {1, 2, 3}, 3))
                .put("c", Tensor.scalar(4))
                .put("tied", tied)
                .put("alias", tied)
                .put("b", Tensor.scalar(5))
                .extraState("m", "text")
                .version("m", 2)
                .build();
    }

    @Test
    void aDictIsSplitInItsOrderAndReadBackAsOne() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);

        assertThat(files())
                .containsExactly(
                        "model-00001-of-00004.safetensors",
                        "model-00002-of-00004.safetensors",
                        "model-00003-of-00004.safetensors",
                        "model-00004-of-00004.safetensors",
                        "model.safetensors.index.json");
        assertThat(index()).hasContent("""
                        {
                          "metadata": {
                            "total_size": 32,
                            "statedict": "{\\"versions\\":{\\"\\":1,\\"m\\":2},\\"extra_state\\":{\\"m\\":\\"text\\"}}",
                            "tied": "alias"
                          },
                          "weight_map": {
                            "big": "model-00001-of-00004.safetensors",
                            "d": "model-00002-of-00004.safetensors",
                            "c": "model-00002-of-00004.safetensors",
                            "alias": "model-00003-of-00004.safetensors",
                            "b": "model-00004-of-00004.safetensors"
                          }
                        }
                        """);
        for (Path path : List.of(index(), file())) {
            StateDict back = Checkpoints.load(path);
            assertThat(back.contentEquals(dict(1))).isTrue();
            assertThat(back.get("tied").sharesStorageWith(back.get("alias"))).isTrue();
        }
    }

    @Test
    void oneShardIsAFileWithoutAnIndex() throws IOException {
        Checkpoints.save(file(), dict(1), WriteOptions.defaults().withShardSize(32));

        assertThat(files()).containsExactly("model.safetensors");
    }

    @Test
    void metadataIsReadFromTheIndex() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES.withMetadata(Map.of("format", "pt", "note", "x")));

        try (Checkpoint checkpoint = Checkpoints.open(index())) {
            assertThat(checkpoint.metadata())
                    .containsOnly(
                            Map.entry("format", "pt"),
                            Map.entry("note", "x"),
                            Map.entry("total_size", "32"),
                            Map.entry("tied", "alias"));
        }
    }

    @Test
    void everySaveGivesItsShardsNamesThatTheOldOnesDoNotHave() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        Checkpoints.save(file(), dict(2), EIGHT_BYTES);

        assertThat(files()).contains("model.1-00001-of-00004.safetensors").hasSize(5);
        assertThat(Checkpoints.load(file()).contentEquals(dict(2))).isTrue();

        Checkpoints.save(file(), dict(3), EIGHT_BYTES);

        assertThat(files()).contains("model-00001-of-00004.safetensors").hasSize(5);
        assertThat(Checkpoints.load(file()).contentEquals(dict(3))).isTrue();
    }

    @Test
    void shardsGiveWayToAFileAndBack() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        Checkpoints.save(file(), dict(2));
        assertThat(files()).containsExactly("model.safetensors");

        Checkpoints.save(file(), dict(3), EIGHT_BYTES);
        assertThat(files()).doesNotContain("model.safetensors").hasSize(5);
        assertThat(Checkpoints.load(file()).contentEquals(dict(3))).isTrue();
    }

    @Test
    void onlyFilesThatASaveWouldHaveWrittenAreEverDeleted() throws IOException {
        Path precious = directory.resolve("precious.safetensors");
        Checkpoints.save(precious, dict(1));
        Files.writeString(index(), "{\"weight_map\":{\"x\":\"precious.safetensors\"}}");

        Checkpoints.save(file(), dict(2), EIGHT_BYTES);

        assertThat(precious).exists();
    }

    @Test
    void whatACutSaveLeftIsNoPartOfTheDict() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        Files.writeString(directory.resolve("model.1-00001-of-00004.safetensors"), "half of something");

        assertThat(Checkpoints.load(index()).contentEquals(dict(1))).isTrue();

        Checkpoints.save(file(), dict(2), EIGHT_BYTES);
        assertThat(Checkpoints.load(index()).contentEquals(dict(2))).isTrue();
        assertThat(files())
                .as("no journal tells whose it is, so it stays, and its name is not used")
                .contains("model.1-00001-of-00004.safetensors", "model.2-00001-of-00004.safetensors")
                .hasSize(6);
    }

    @Test
    void whatAKilledSaveLeftIsCleanedByTheNextToThatName() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        for (String left : List.of("model-00001-of-00009.safetensors", "model.7-00001-of-00001.safetensors")) {
            Files.writeString(directory.resolve(left), "half of something");
        }
        Files.writeString(
                directory.resolve(".statedict-model-00000000deadbeef.shards"),
                "model-00001-of-00009.safetensors\nmodel.7-00001-of-00001.safetensors\nmodel-00001-of-00004.safetensors\n"
                        + "notes.safetensors\n../model-00001-of-00009.safetensors");
        Files.writeString(directory.resolve("notes.safetensors"), "no shard of this dict");

        Checkpoints.save(directory.resolve("other.safetensors"), dict(2));
        assertThat(files()).as("another name cleans nothing").hasSize(10);

        Checkpoints.save(file(), dict(2), EIGHT_BYTES);
        assertThat(files())
                .containsExactly(
                        "model.1-00001-of-00004.safetensors",
                        "model.1-00002-of-00004.safetensors",
                        "model.1-00003-of-00004.safetensors",
                        "model.1-00004-of-00004.safetensors",
                        "model.safetensors.index.json",
                        "notes.safetensors",
                        "other.safetensors");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // where directories are not flushed
    void aSaveThatFailsWhenItsIndexIsInPlaceLeavesTheShardsThatThisNames() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        WatchedFileSystem broken = new WatchedFileSystem() {
            @Override
            void opened(Path opened, FileChannel channel) throws IOException {
                if (Files.isDirectory(opened) && Files.readString(index()).contains("model.1-")) {
                    channel.close();
                    throw new IOException("the directory cannot be flushed");
                }
            }
        };

        assertThatThrownBy(() -> Checkpoints.save(broken.path(file()), dict(2), EIGHT_BYTES))
                .isInstanceOf(IOException.class)
                .hasMessage("the directory cannot be flushed")
                .hasNoSuppressedExceptions();
        assertThat(Checkpoints.load(file()).contentEquals(dict(2))).isTrue();
        assertThat(files()).hasSize(5);
    }

    @Test
    void whatASaveCouldNotDeleteTheNextOneDeletes() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        WatchedFileSystem broken = new WatchedFileSystem() {
            @Override
            void deleting(Path deleted) throws IOException {
                if (deleted.toString().contains("model-00003")) {
                    throw new AccessDeniedException(deleted.toString());
                }
            }
        };

        assertThatThrownBy(() -> Checkpoints.save(broken.path(file()), dict(2), EIGHT_BYTES))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(Checkpoints.load(file()).contentEquals(dict(2))).isTrue();
        assertThat(files()).contains("model-00003-of-00004.safetensors");

        Checkpoints.save(file(), dict(3), EIGHT_BYTES);
        assertThat(Checkpoints.load(file()).contentEquals(dict(3))).isTrue();
        assertThat(files()).hasSize(5).noneMatch(name -> name.endsWith(".shards"));
    }

    @Test
    void aSaveTouchesNoShardsButThoseThatTheOldIndexNames() throws IOException {
        Path others = directory.resolve("model-00001-of-00002.safetensors");
        Files.writeString(others, "somebody's");

        Checkpoints.save(file(), dict(1));
        assertThat(others).exists();
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        assertThat(others).exists();
        Checkpoints.save(file(), dict(1));
        assertThat(files()).containsExactly("model-00001-of-00002.safetensors", "model.safetensors");
    }

    @Test
    void aFileThatStandsBesideAnIndexIsReplacedAlone() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        byte[] index = Files.readAllBytes(index());
        Path aside = Files.move(index(), directory.resolve("aside"));
        Checkpoints.save(file(), dict(2));
        Files.move(aside, index());
        assertThat(Checkpoints.load(file()).contentEquals(dict(2))).isTrue();

        Checkpoints.save(file(), dict(3));

        assertThat(Checkpoints.load(file()).contentEquals(dict(3))).isTrue();
        assertThat(index()).hasBinaryContent(index);
        assertThat(Checkpoints.load(index()).contentEquals(dict(1))).isTrue();
    }

    @Test
    void theShardsOfANameThatEndsInANumberAreItsOwn() throws IOException {
        Path numbered = directory.resolve("model.1.safetensors");
        Checkpoints.save(numbered, dict(1), EIGHT_BYTES);

        Checkpoints.save(file(), dict(2), EIGHT_BYTES);
        Checkpoints.save(file(), dict(3), EIGHT_BYTES);
        Checkpoints.save(file(), dict(4));

        assertThat(Checkpoints.load(numbered).contentEquals(dict(1))).isTrue();
        assertThat(Checkpoints.load(file()).contentEquals(dict(4))).isTrue();
    }

    @Test
    void aMissingShardIsAnErrorBeforeAnythingIsRead() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        Files.delete(directory.resolve("model-00003-of-00004.safetensors"));

        assertRefused("the shard \"model-00003-of-00004.safetensors\" is missing"
                + "; fetch index and shards again, of one revision");
    }

    @Test
    void aStrayShardIsAnErrorBeforeAnythingIsRead() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        String index = Files.readString(index());
        Files.writeString(index(), index.replace(",\n    \"b\": \"model-00004-of-00004.safetensors\"", ""));

        assertRefused("the index does not name the shards \"model-00004-of-00004.safetensors\" beside it"
                + "; fetch index and shards again, of one revision");
    }

    @Test
    void anIndexThatDisagreesWithItsShards() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        String index = Files.readString(index());

        String mend = "; fetch index and shards again, of one revision";

        Files.writeString(index(), index.replace("\"d\": ", "\"x\": "));
        assertRefused("the index has \"x\" in the shard \"model-00002-of-00004.safetensors\", which lacks it" + mend);

        Files.writeString(index(), index.replace("\"c\": \"model-00002-of-00004", "\"c\": \"model-00001-of-00004"));
        assertRefused("the index has \"c\" in the shard \"model-00001-of-00004.safetensors\", which lacks it;"
                + " \"model-00002-of-00004.safetensors\" has it" + mend);

        Files.writeString(index(), index);
        Files.copy(
                directory.resolve("model-00001-of-00004.safetensors"),
                directory.resolve("model-00004-of-00004.safetensors"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertRefused("index and shards do not agree:\n"
                + "\tthe shards \"model-00001-of-00004.safetensors\" and \"model-00004-of-00004.safetensors\" both hold"
                + " \"big\"\n"
                + "\tthe index has \"b\" in the shard \"model-00004-of-00004.safetensors\", which lacks it\n"
                + "fetch index and shards again, of one revision");
    }

    /** As transformers does, which goes by the shards. */
    @Test
    void whatAShardHoldsBeyondTheIndexIsReadBehindTheRest() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        String index = Files.readString(index());
        Files.writeString(index(), index.replaceAll("\\s*\"d\": \"model-00002-of-00004.safetensors\",", ""));

        StateDict back = Checkpoints.load(index());

        assertThat(back.keySet()).containsExactly("big", "c", "alias", "b", "d", "tied");
        assertThat(back.get("d").item()).isEqualTo(1);
    }

    @Test
    void anIndexThatLeadsElsewhere() throws IOException {
        for (String name : new String[] {
            "../model.safetensors", "/etc/model.safetensors", "a/b.safetensors", "a\\\\b.safetensors",
            "C:model.safetensors", ".safetensors", "model.bin", "model\\u0000.safetensors"
        }) {
            Files.writeString(index(), "{\"weight_map\":{\"x\":\"" + name + "\"}}");
            assertThatThrownBy(() -> Checkpoints.load(index()))
                    .as(name)
                    .isInstanceOf(CheckpointFormatException.class)
                    .hasMessageStartingWith(index() + ": offset 19: \"")
                    .hasMessageEndingWith(
                            "\" is no plain file name that ends in .safetensors; a shard lies beside its index");
        }
    }

    @Test
    void anIndexThatIsNone() throws IOException {
        Files.writeString(index(), "{\"weights\":{}}");
        assertRefused("no shard index: it lacks the member \"weight_map\"");

        Files.writeString(index(), "{\"weight_map\":{\"a\":\"m.safetensors\",\"a\":\"n.safetensors\"}}");
        assertRefused("offset 35: the name \"a\" is there twice");

        Files.writeString(index(), "[]");
        assertRefused("offset 0: expected an object, found an array");
    }

    @Test
    void aBrokenShardIsNamed() throws IOException {
        Checkpoints.save(file(), dict(1), EIGHT_BYTES);
        Files.write(directory.resolve("model-00002-of-00004.safetensors"), new byte[3]);

        assertRefused("shard \"model-00002-of-00004.safetensors\": expected 8 bytes of header length, the file has 3"
                + "; fetch index and shards again, of one revision");
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(() -> Checkpoints.load(index()))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(index() + ": " + problem);
    }
}
