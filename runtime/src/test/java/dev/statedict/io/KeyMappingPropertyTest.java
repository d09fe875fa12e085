package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StoredType;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** For any mapping that has an inverse, the inverse after the mapping gives the same dict, bit for bit. */
class KeyMappingPropertyTest {
    private static final int RULES = 6;

    private Random random = new Random();
    private int fresh;

    @RepeatedTest(200)
    void theInverseAfterTheMappingIsTheIdentity(RepetitionInfo repetition) {
        long seed = 20260718L + repetition.getCurrentRepetition();
        random = new Random(seed);
        StateDict dict = dict();
        KeyMapping mapping = KeyMapping.empty();
        for (int i = 0; i < RULES; i++) {
            mapping = withRule(mapping, mapping.apply(dict));
        }
        String name = "seed " + seed + ": " + mapping;

        StateDict mapped = mapping.apply(dict);
        StateDict back = mapping.inverse().apply(mapped);

        assertThat(back.contentEquals(dict)).as(name).isTrue();
        for (String key : dict.keySet()) {
            assertThat(back.role(key)).as(name).isEqualTo(dict.role(key));
            assertThat(back.storedType(key)).as(name).isEqualTo(dict.storedType(key));
        }
        assertThat(mapping.inverse().inverse()).as(name).isEqualTo(mapping);
        assertThat(KeyMapping.fromJson(mapping.toJson())).as(name).isEqualTo(mapping);
    }

    /** Modules of equal members, of any bits, some on a part of a storage or transposed. */
    private StateDict dict() {
        StateDictBuilder builder = StateDict.builder();
        int modules = 1 + random.nextInt(3);
        int[] shape = {1 + random.nextInt(3), 1 + random.nextInt(3)};
        for (String member : List.of("q", "k", "v")) {
            for (int i = 0; i < modules; i++) {
                builder.put("net." + i + "." + member + ".weight", tensor(shape), Role.PARAMETER, StoredType.F32);
                builder.put("net." + i + "." + member + ".steps", steps(), Role.BUFFER, StoredType.I32);
            }
        }
        return builder.build();
    }

    private Tensor tensor(int... shape) {
        Tensor storage = Tensor.zeros(shape[1] + 1, shape[0] + 1);
        for (int i = 0; i < storage.size(0); i++) {
            for (int j = 0; j < storage.size(1); j++) {
                storage.set(Float.intBitsToFloat(random.nextInt()), i, j);
            }
        }
        return storage.narrow(0, 1, shape[1]).narrow(1, 0, shape[0]).transpose(0, 1);
    }

    private Tensor steps() {
        return Tensor.wrap(random.ints(4).toArray(), 4);
    }

    /** One more rule that fits what the rules before made, and is meant for no other key. */
    private KeyMapping withRule(KeyMapping mapping, StateDict now) {
        List<String> keys = new ArrayList<>(now.keySet());
        String key = keys.get(random.nextInt(keys.size()));
        Tensor tensor = now.get(key);
        String name = "new" + fresh++;
        return switch (random.nextInt(8)) {
            case 0 -> mapping.withPrefix(name + ".");
            case 1 -> mapping.withRename(key, name + ".x");
            case 2 -> mapping.withRename("{all*}.{last}", "{last}." + name + ".{all*}");
            case 3 ->
                tensor.dim() == 2
                        ? mapping.withTranspose(key)
                        : mapping.withCast(key, tensor.elementType(), wider(tensor.elementType()));
            case 4 -> mapping.withPermute(key, order(tensor.dim()));
            case 5 ->
                tensor.numel() == 0
                        ? mapping.withRename(key, name + ".empty")
                        : mapping.withReshape(key, anyInOnePlace(tensor.shape()), new int[] {-1});
            case 6 -> split(mapping, key, name, tensor);
            default -> concatenated(mapping, now, key, name);
        };
    }

    private static ElementType wider(ElementType type) {
        return type == ElementType.I32 ? ElementType.I64 : ElementType.F64;
    }

    private int[] order(int dim) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, dim).boxed().toList());
        Collections.shuffle(order, random);
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] anyInOnePlace(int[] shape) {
        int[] pattern = shape.clone();
        if (random.nextBoolean()) {
            pattern[random.nextInt(shape.length)] = -1;
        }
        return pattern;
    }

    private KeyMapping split(KeyMapping mapping, String key, String name, Tensor tensor) {
        int dim = random.nextInt(tensor.dim());
        int first = random.nextInt(tensor.size(dim) + 1);
        return mapping.withSplit(key, List.of(name + ".a", name + ".b"), dim, first, tensor.size(dim) - first);
    }

    /** With another that agrees in all but the dimension, or alone under another name. */
    private KeyMapping concatenated(KeyMapping mapping, StateDict now, String key, String name) {
        Tensor one = now.get(key);
        int dim = random.nextInt(one.dim());
        for (String other : now.keySet()) {
            Tensor two = now.get(other);
            if (!other.equals(key)
                    && two.elementType() == one.elementType()
                    && now.role(other) == now.role(key)
                    && now.storedType(other) == now.storedType(key)
                    && two.dim() == one.dim()
                    && IntStream.range(0, one.dim()).allMatch(i -> i == dim || one.size(i) == two.size(i))) {
                return mapping.withConcatenation(
                        List.of(key, other), name + ".both", dim, one.size(dim), two.size(dim));
            }
        }
        return mapping.withRename(key, name + ".alone");
    }
}
