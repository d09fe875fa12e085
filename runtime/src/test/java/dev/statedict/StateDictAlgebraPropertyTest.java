package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.storage.TieGroups;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Laws of the state dict tools, on random dicts of all types and rows, with ties, views, all roles and extra state. */
class StateDictAlgebraPropertyTest {
    private static final int RUNS = 300;

    private static void forRandomDicts(BiConsumer<StateDict, Random> law) {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            StateDict dict = randomDict(random);
            try {
                law.accept(dict, random);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("seed " + seed + ", " + dict.keySet(), broken);
            }
        }
    }

    /** Keys of a random tree; some entries are ties or views of others. */
    private static StateDict randomDict(Random random) {
        StateDict tree = Node.random(random, 2).stateDict();
        StateDictBuilder builder = StateDict.builder();
        List<Tensor> tensors = new ArrayList<>();
        for (String key : tree.keySet()) {
            Tensor tensor = tree.get(key);
            if (!tensors.isEmpty() && random.nextInt(3) == 0) {
                tensor = tensors.get(random.nextInt(tensors.size()));
                if (tensor.dim() > 0 && tensor.size(0) > 1 && random.nextBoolean()) {
                    tensor = tensor.narrow(0, 1, tensor.size(0) - 1);
                }
            }
            tensors.add(tensor);
            Role role = Role.values()[random.nextInt(3)];
            StoredType own = StoredType.of(tensor.elementType());
            boolean asInts = tensor.elementType() == ElementType.F32 && random.nextInt(3) == 0;
            builder.put(key, tensor, role, asInts ? StoredType.I32 : own);
        }
        if (random.nextBoolean()) {
            builder.extraState("a", "note").extraState("", Map.of("x", "y"));
        }
        if (random.nextBoolean()) {
            builder.version("a", 2).version("", 3);
        }
        return builder.build();
    }

    /** The same keys in order, tensors, roles, stored types, policy, extra state and versions. */
    private static void assertSame(StateDict one, StateDict other) {
        assertThat(new ArrayList<>(one.entrySet())).isEqualTo(new ArrayList<>(other.entrySet()));
        assertThat(one.policy()).isEqualTo(other.policy());
        assertThat(one.extraState()).isEqualTo(other.extraState());
        assertThat(one.contentEquals(other)).isTrue();
        one.keySet().forEach(key -> {
            assertThat(one.role(key)).isEqualTo(other.role(key));
            assertThat(one.storedType(key)).isEqualTo(other.storedType(key));
        });
    }

    @Test
    void removingAPrefixUndoesAddingIt() {
        forRandomDicts((dict, random) -> {
            assertSame(dict.withPrefix("model.").withoutPrefix("model."), dict);
            assertSame(dict.withPrefix("model.").sub("model"), dict);
            assertSame(dict.withoutPrefix("nowhere."), dict);
        });
    }

    @Test
    void renamingBackUndoesRenaming() {
        forRandomDicts((dict, random) -> assertSame(dict.rename("a", "new.path").rename("new.path", "a"), dict));
    }

    @Test
    void filtersComposeAsPredicatesDo() {
        forRandomDicts((dict, random) -> {
            Predicate<String> some = key -> key.hashCode() % 2 == 0;
            Predicate<String> others = key -> key.length() > 2;

            assertSame(dict.filter(key -> true), dict);
            assertThat(dict.filter(key -> false)).isEmpty();
            assertSame(dict.filter(some).filter(others), dict.filter(some.and(others)));
        });
    }

    @Test
    void theTwoHalvesOfADictAreItsUnion() {
        forRandomDicts((dict, random) -> {
            Predicate<String> half = key -> key.hashCode() % 2 == 0;
            StateDict union = dict.filter(half).union(dict.filter(half.negate()));

            assertThat(union).isEqualTo(dict);
            assertThat(union.contentEquals(dict)).isTrue();
            assertSame(dict.union(StateDict.builder().build()), dict);
        });
    }

    @Test
    void nothingDiffersFromItselfOrItsCopy() {
        forRandomDicts((dict, random) -> {
            assertThat(dict.diff(dict).isEmpty()).isTrue();
            StateDict other = randomDict(random);
            assertThat(dict.diff(other).isEmpty()).isEqualTo(dict.contentEquals(other));
            assertThat(dict.digest().equals(other.digest())).isEqualTo(dict.contentEquals(other));
            assertThat(dict.diff(dict.copy()).isEmpty()).isTrue();
            assertThat(dict.copy().contentEquals(dict)).isTrue();
        });
    }

    @Test
    void aCopySharesNothingWithTheDictAndKeepsWhatWasSharedWithin() {
        forRandomDicts((dict, random) -> {
            StateDict copy = dict.copy();

            for (Tensor mine : dict.values()) {
                assertThat(copy.values()).noneMatch(mine::sharesStorageWith);
            }
            for (String one : dict.keySet()) {
                for (String other : dict.keySet()) {
                    boolean tied = TieGroups.tied(dict.get(one), dict.get(other));
                    boolean shared = dict.get(one).sharesStorageWith(dict.get(other));
                    assertThat(TieGroups.tied(copy.get(one), copy.get(other))).isEqualTo(tied);
                    assertThat(copy.get(one).sharesStorageWith(copy.get(other))).isEqualTo(shared);
                }
            }
        });
    }

    @Test
    void copyToMakesTheTargetEqual() {
        forRandomDicts((dict, random) -> {
            StateDict target = dict.copy();
            target.values().forEach(tensor -> Node.refill(tensor, random));

            dict.copyTo(target);

            assertThat(target.contentEquals(dict)).isTrue();
        });
    }

    @Test
    void theDigestDoesNotDependOnOrderAndDistinguishesContent() {
        forRandomDicts((dict, random) -> {
            List<String> keys = new ArrayList<>(dict.keySet());
            Collections.shuffle(keys, random);
            StateDict shuffled = StateDict.builder().build();
            for (String key : keys) {
                shuffled = shuffled.union(dict.filter(key::equals));
            }
            shuffled = shuffled.union(dict.filter(key -> key.endsWith("_extra_state")));
            assertThat(shuffled.digest()).isEqualTo(dict.digest());

            StateDict changed = dict.copy();
            changed.values().stream()
                    .filter(tensor -> tensor.numel() > 0)
                    .findFirst()
                    .ifPresent(tensor -> {
                        int[] first = new int[tensor.dim()];
                        long value = tensor.getLong(first);
                        tensor.setLong(value == 0 ? 1 : 0, first);
                        assertThat(changed.digest()).isNotEqualTo(dict.digest());
                    });
        });
    }

    /** Another dict with the same keys and shapes, without ties. */
    private static StateDict other(StateDict dict, Random random) {
        return StateDict.of(dict.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> {
            Tensor tensor = entry.getValue().copy();
            if (tensor.elementType().isFloatingPoint()) {
                tensor.fill(random.nextFloat());
            } else {
                Node.refill(tensor, random);
            }
            return tensor;
        })));
    }

    private static boolean isComputed(StateDict dict, String key) {
        return dict.role(key) != Role.COUNTER
                && dict.storedType(key) == StoredType.of(dict.get(key).elementType())
                && dict.get(key).elementType().isFloatingPoint();
    }

    @Test
    void lerpReachesBothEnds() {
        forRandomDicts((dict, random) -> {
            StateDict untied = StateDict.of(Map.copyOf(dict)).filter(key -> isComputed(dict, key));
            StateDict start = other(untied, random);
            StateDict end = other(untied, random);

            assertThat(start.lerp(end, 0).contentEquals(start)).isTrue();
            assertThat(start.lerp(end, 1).contentEquals(end)).isTrue();
            assertThat(start.lerp(start, random.nextFloat()).contentEquals(start))
                    .isTrue();
        });
    }

    @Test
    void lerpLeavesCountersAndIntegersAlone() {
        forRandomDicts((dict, random) -> {
            StateDict start = dict.copy();
            StateDict moved = start.lerp(other(dict, random), 0.5f);

            dict.keySet().stream().filter(key -> !isComputed(dict, key)).forEach(key -> {
                boolean sharedWithComputed = dict.keySet().stream()
                        .anyMatch(any -> isComputed(dict, any) && dict.get(any).sharesStorageWith(dict.get(key)));
                if (!sharedWithComputed) {
                    assertThat(moved.get(key).contentEquals(start.get(key))).isTrue();
                }
            });
            assertThat(moved.extraState()).isEqualTo(dict.extraState());
        });
    }

    @Test
    void theAverageOfEqualDictsIsThatDict() {
        forRandomDicts((dict, random) -> {
            List<StateDict> equal = Collections.nCopies(1 + random.nextInt(5), dict);

            assertThat(StateDict.average(equal).contentEquals(dict)).isTrue();
        });
        StateDict zero = StateDict.of(Map.of("w", Modules.tensor(-0f)));
        assertThat(StateDict.average(List.of(zero, zero)).contentEquals(zero)).isTrue();
    }

    @Test
    void theAverageOfTwoIsHalfway() {
        forRandomDicts((dict, random) -> {
            StateDict one = other(dict, random);
            StateDict two = other(dict, random);
            StateDict halfway = one.lerp(two, 0.5f);

            StateDict.average(List.of(one, two))
                    .forEach((key, mean) -> assertThat(mean.allClose(halfway.get(key), 1e-6, 1e-6))
                            .isTrue());
        });
    }
}
