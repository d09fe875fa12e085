package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the processes of a distributed training saved apart; {@code make-hub.py} had PyTorch write a set. */
class DistributedShardsTest {
    private static final String ALONE = "one shard of a distributed checkpoint of PyTorch: its tensors are parts, as"
            + " DCP_SHARDING_INFO in its metadata says; open the directory, and all shards in it are put together";

    @TempDir
    Path directory;

    private Path shard(int number) {
        return directory.resolve(String.format("shard-%05d-model-00001-of-00001.safetensors", number));
    }

    private void write(int number, StateDict dict, String info) throws IOException {
        Checkpoints.save(
                shard(number),
                dict,
                WriteOptions.defaults().withMetadata(Map.of("DCP_SHARDING_INFO", info, "DCP_VERSION", "1.0")));
    }

    private static StateDict one(String key, int... shape) {
        return StateDict.builder().put(key, Tensor.zeros(shape)).build();
    }

    @Test
    void theShardsOfASetArePutTogether() throws IOException {
        StateDict whole = Checkpoints.load(Fixtures.copy("hub/whole.safetensors", directory));
        Path set = Fixtures.copyAll("hub/distributed", Files.createDirectory(directory.resolve("set")));

        StateDict dict = Checkpoints.load(set);

        assertThat(dict.keySet()).containsExactlyInAnyOrderElementsOf(whole.keySet());
        assertThat(dict.filter(key -> true).contentEquals(whole)).isTrue();
        whole.keySet().forEach(key -> assertThat(dict.storedType(key)).as(key).isEqualTo(whole.storedType(key)));
    }

    @Test
    void theyAreOpenedWithoutReadingATensorAndReadOneByOne() throws IOException {
        Fixtures.copyAll("hub/distributed", directory);

        try (Checkpoint checkpoint = Checkpoints.open(directory)) {
            assertThat(checkpoint.shape("both.weight")).containsExactly(5, 7);
            assertThat(checkpoint.metadata()).isEqualTo(Map.of("format", "pt"));
            assertThat(checkpoint.location("both.weight").file()).isNull();
            assertThat(checkpoint.location("bias").file()).isEqualTo(shard(2));
            assertThat(checkpoint.tensor("both.weight").getDouble(4, 6)).isEqualTo(34);
            assertThat(checkpoint.tensor("step").getLong()).isEqualTo(7);
        }
    }

    @Test
    void whatTheyHoldIsSavedAsOneFile() throws IOException {
        Fixtures.copyAll("hub/distributed", directory);
        Path saved = directory.resolve("one.safetensors");
        StateDict dict = Checkpoints.load(directory);

        Checkpoints.save(saved, dict);

        assertThat(Checkpoints.load(saved).contentEquals(dict)).isTrue();
    }

    @Test
    void oneShardAloneIsRefusedWithTheReason() throws IOException {
        Fixtures.copyAll("hub/distributed", directory);

        assertRefused(shard(1), ALONE);
        Path renamed = Files.move(shard(3), directory.resolve("model.safetensors"));
        assertRefused(renamed, ALONE);
    }

    /** What one process saves for all is in parts of which each is a whole. */
    @Test
    void aFileOfWholeTensorsIsReadThoughItSaysWhereTheyBegin() throws IOException {
        write(1, one("w", 2, 2), "{\"w\": {\"saved_offsets\": [0, 0]}}");
        Path model = Files.move(shard(1), directory.resolve("model-00001-of-00001.safetensors"));

        try (Checkpoint checkpoint = Checkpoints.open(model)) {
            assertThat(checkpoint.shape("w")).containsExactly(2, 2);
            assertThat(checkpoint.metadata()).isEmpty();
        }
    }

    @Test
    void aSetWithoutOneOfItsShardsIsRefused() throws IOException {
        Fixtures.copyAll("hub/distributed", directory);
        Files.delete(shard(3));

        assertRefused(
                directory,
                "\"cube.weight\": its parts have 100 of the 120 elements of shape [2, 3, 4, 5]; a shard is missing");
    }

    @Test
    void partsThatDoNotFitTogetherAreRefused() throws IOException {
        write(1, one("w", 2, 2), "{\"w\": {\"saved_offsets\": [0, 0]}}");
        write(2, one("w", 2, 2), "{\"w\": {\"saved_offsets\": [1, 1]}}");
        assertRefused(directory, "\"w\": two parts have the element [1, 1]");

        write(2, one("w", 2), "{\"w\": {\"saved_offsets\": [2]}}");
        assertRefused(directory, "\"w\": parts of 2 and of 1 dimensions, and saved_offsets of 1");

        StateDict integers = StateDict.builder()
                .put("w", Tensor.zeros(ElementType.I64, 1, 2))
                .build();
        write(2, integers, "{\"w\": {\"saved_offsets\": [2, 0]}}");
        assertRefused(directory, "\"w\": parts of the types F32 and I64");

        write(2, one("w", 1, 2), "{\"w\": {\"saved_offsets\": [9223372036854775807, 0]}}");
        assertRefused(
                directory,
                "\"w\": a part begins at [9223372036854775807, 0], beyond the 2,147,483,639 elements that an array of"
                        + " Java holds");

        write(2, one("w", 1, 2), "{\"w\": {\"saved_offsets\": [2147483000, 0]}}");
        assertRefused(
                directory,
                "\"w\": shape [2147483001, 2] asks for more than 2,147,483,639 elements, the most that an array of Java"
                        + " holds");
    }

    @Test
    void aShardThatDoesNotSayWhereItsPartsBeginIsRefused() throws IOException {
        write(1, one("w", 2, 2), "{\"v\": {\"saved_offsets\": [0, 0]}}");
        assertRefused(
                directory,
                "shard \"shard-00001-model-00001-of-00001.safetensors\": DCP_SHARDING_INFO in its metadata lacks \"w\"");

        write(1, one("w", 2, 2), "{\"w\": {\"saved_offsets\": [0, -1]}}");
        assertRefused(
                directory,
                "shard \"shard-00001-model-00001-of-00001.safetensors\": metadata \"DCP_SHARDING_INFO\", byte 28:"
                        + " expected an integer from 0 to 2^63 - 1, found -1");

        Checkpoints.save(shard(1), one("w", 2, 2));
        assertRefused(
                directory,
                "shard \"shard-00001-model-00001-of-00001.safetensors\": no shard of a distributed checkpoint of PyTorch,"
                        + " for it has no DCP_SHARDING_INFO in its metadata; move it elsewhere");
    }

    /** Boxes of any shape, in any order, cut again and again along any dimension. */
    @RepeatedTest(60)
    void anyPartsThatFillATensorMakeIt(RepetitionInfo repetition) throws IOException {
        long seed = 20261126L + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int[] shape = random.ints(1 + random.nextInt(4), 0, 7).toArray();
        shape[0] += random.nextInt(40);
        Tensor whole = random.nextBoolean() ? floats(random, shape) : longs(random, shape);
        List<int[][]> boxes = cut(random, new int[shape.length], shape, random.nextInt(5));
        for (int i = 0; i < boxes.size(); i++) {
            int[] offsets = boxes.get(i)[0];
            Tensor part = whole;
            for (int dim = 0; dim < shape.length; dim++) {
                part = part.narrow(dim, offsets[dim], boxes.get(i)[1][dim]);
            }
            StateDictBuilder dict = StateDict.builder().put("w", part).put("own." + i, Tensor.scalar(i));
            write(
                    random.nextInt(90_000) * 10 + i % 10,
                    dict.build(),
                    "{\"w\": {\"saved_offsets\": " + Arrays.toString(offsets) + "}, \"own." + i
                            + "\": {\"saved_offsets\": []}}");
        }

        StateDict dict = Checkpoints.load(directory);

        String name = "seed " + seed + ": " + Arrays.toString(shape) + " in " + boxes.size();
        assertThat(dict).as(name).hasSizeBetween(2, boxes.size() + 1);
        assertThat(dict.get("w").contentEquals(whole)).as(name).isTrue();
    }

    private static Tensor floats(Random random, int... shape) {
        float[] elements = new float[count(shape)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = Float.intBitsToFloat(random.nextInt());
        }
        return Tensor.wrap(elements, shape);
    }

    private static Tensor longs(Random random, int... shape) {
        return Tensor.wrap(random.longs(count(shape)).toArray(), shape);
    }

    private static int count(int... shape) {
        return IntStream.of(shape).reduce(1, (one, other) -> one * other);
    }

    private static List<int[][]> cut(Random random, int[] offsets, int[] sizes, int depth) {
        List<int[][]> boxes = new ArrayList<>();
        int dim = random.nextInt(sizes.length);
        if (depth == 0) {
            boxes.add(new int[][] {offsets, sizes});
            return boxes;
        }
        int first = random.nextInt(sizes[dim] + 1);
        int[] firstSizes = sizes.clone();
        firstSizes[dim] = first;
        int[] others = offsets.clone();
        others[dim] += first;
        int[] otherSizes = sizes.clone();
        otherSizes[dim] -= first;
        boxes.addAll(cut(random, offsets, firstSizes, depth - 1));
        boxes.addAll(cut(random, others, otherSizes, depth - 1));
        return boxes;
    }

    private static void assertRefused(Path path, String problem) {
        assertThatThrownBy(() -> Checkpoints.open(path))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessage(path + ": " + problem);
    }
}
