package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StoredType;
import dev.statedict.io.element.StoredElements;
import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random dicts come back from every format as they were. */
class RoundTripTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"safetensors", "pt", "statedict"})
    void anEmptyViewIsSavedWhereverItBegins(String suffix) throws IOException {
        Path file = directory.resolve("model." + suffix);
        StateDict dict = StateDict.builder()
                .put("floats", Tensor.zeros(5, 0).narrow(0, 3, 2))
                .put("longs", Tensor.zeros(ElementType.I64, 0, 4).narrow(1, 2, 1))
                .build();

        Checkpoints.save(file, dict);

        assertThat(Checkpoints.load(file).contentEquals(dict)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"safetensors, false", "safetensors, true", "pt, false", "statedict, false"})
    void whatIsSavedIsLoaded(String suffix, boolean sharded) throws IOException {
        Path file = directory.resolve("model." + suffix);
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            StateDict dict = randomDict(random, !suffix.equals("safetensors"));
            WriteOptions options =
                    sharded ? WriteOptions.defaults().withShardSize(1 + random.nextInt(400)) : WriteOptions.defaults();
            options = random.nextBoolean() ? options.withDigest() : options;

            Checkpoints.save(file, dict, options.withFlush(false));
            StateDict back = Checkpoints.load(file);

            assertThat(back.contentEquals(dict)).as("seed %d", seed).isTrue();
            assertThat(ties(back)).as("ties, seed %d", seed).isEqualTo(ties(dict));
            for (String key : dict.keySet()) {
                assertThat(back.storedType(key))
                        .as("type of %s, seed %d", key, seed)
                        .isIn(dict.storedType(key), StoredType.of(dict.get(key).elementType()));
            }
            if (!suffix.equals("safetensors")) {
                assertThat(back.keySet()).as("order, seed %d", seed).containsExactlyElementsOf(dict.keySet());
            }
        }
    }

    private static Set<Set<String>> ties(StateDict dict) {
        Set<Set<String>> ties = new LinkedHashSet<>();
        for (Map.Entry<String, Tensor> one : dict.entrySet()) {
            for (Map.Entry<String, Tensor> other : dict.entrySet()) {
                if (one.getValue().sharesStorageWith(other.getValue())
                        && TieGroups.tied(one.getValue(), other.getValue())) {
                    ties.add(Set.copyOf(List.of(one.getKey(), other.getKey() + " ")));
                }
            }
        }
        return ties;
    }

    private static StateDict randomDict(Random random, boolean overlaps) {
        StateDictBuilder builder = StateDict.builder();
        List<Tensor> tensors = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>();
        while (keys.size() < random.nextInt(12)) {
            keys.add(randomText(random));
        }
        for (String key : keys) {
            boolean tie = !tensors.isEmpty() && random.nextInt(4) == 0;
            StoredType type = StoredType.values()[random.nextInt(StoredType.values().length)];
            Tensor tensor = tie ? tensors.get(random.nextInt(tensors.size())) : randomTensor(random, type);
            if (overlaps && tensor.dim() > 0 && tensor.numel() > 0 && random.nextInt(3) == 0) {
                tensor = random.nextBoolean()
                        ? tensor.select(random.nextInt(tensor.dim()), 0)
                        : tensor.transpose(0, tensor.dim() - 1);
            }
            if (StoredElements.of(type).inMemory() != tensor.elementType()) {
                type = StoredType.of(tensor.elementType());
            }
            tensors.add(tensor);
            builder.put(key, tensor, Role.PARAMETER, type);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            String module = i + randomText(random);
            switch (random.nextInt(3)) {
                case 0 -> builder.extraState(module, (String) null);
                case 1 -> builder.extraState(module, randomText(random));
                default -> builder.extraState(module, Map.of(randomText(random), randomText(random)));
            }
            builder.version(randomText(random), 1 + random.nextInt(5));
        }
        return builder.build();
    }

    private static Tensor randomTensor(Random random, StoredType type) {
        int[] shape = random.ints(random.nextInt(4), 0, 5).toArray();
        ElementType inMemory = StoredElements.of(type).inMemory();
        int numel = Arrays.stream(shape).reduce(1, (one, other) -> one * other);
        boolean fitting = random.nextInt(4) > 0;
        boolean narrow = fitting && StoredType.of(inMemory) != type;
        IntSupplier bits = () -> narrow ? random.nextInt(2) : random.nextInt();
        return switch (inMemory) {
            case F32 -> {
                float[] floats = new float[numel];
                for (int i = 0; i < numel; i++) {
                    floats[i] = narrow ? bits.getAsInt() : Float.intBitsToFloat(bits.getAsInt());
                }
                yield Tensor.wrap(floats, shape);
            }
            case F64 ->
                Tensor.wrap(
                        LongStream.generate(random::nextLong)
                                .limit(numel)
                                .mapToDouble(Double::longBitsToDouble)
                                .toArray(),
                        shape);
            case I32 -> Tensor.wrap(IntStream.generate(bits).limit(numel).toArray(), shape);
            case I64 ->
                Tensor.wrap(
                        LongStream.generate(() -> narrow ? bits.getAsInt() : random.nextLong())
                                .limit(numel)
                                .toArray(),
                        shape);
            case BOOL -> {
                boolean[] booleans = new boolean[numel];
                for (int i = 0; i < numel; i++) {
                    booleans[i] = random.nextBoolean();
                }
                yield Tensor.wrap(booleans, shape);
            }
        };
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int kind = random.nextInt(6);
            int codePoint =
                    kind == 0 ? random.nextInt(0xd800) : kind == 1 ? 0x10000 + random.nextInt(0x1000) : 'a' + kind;
            text.appendCodePoint(codePoint);
        }
        return text.toString();
    }
}
