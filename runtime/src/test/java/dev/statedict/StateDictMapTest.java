package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A state dict is an unmodifiable {@code Map<String, Tensor>} that keeps its order. */
class StateDictMapTest {
    private final Tensor b = tensor(1);
    private final Tensor a = tensor(2);
    private final StateDict dict = StateDict.builder().put("b", b).put("a", a).build();

    private static Arguments mutator(String name, Consumer<StateDict> mutator) {
        return Arguments.of(name, mutator);
    }

    static Stream<Arguments> mutators() {
        Tensor tensor = tensor(9);
        return Stream.of(
                mutator("put", dict -> dict.put("a", tensor)),
                mutator("putAll", dict -> dict.putAll(Map.of())),
                mutator("putIfAbsent", dict -> dict.putIfAbsent("a", tensor)),
                mutator("remove", dict -> dict.remove("none")),
                mutator("remove a pair", dict -> dict.remove("a", tensor)),
                mutator("clear", StateDict::clear),
                mutator("replace", dict -> dict.replace("a", tensor)),
                mutator("replace a pair", dict -> dict.replace("a", tensor, tensor)),
                mutator("replaceAll", dict -> dict.replaceAll((key, value) -> value)),
                mutator("compute", dict -> dict.compute("a", (key, value) -> value)),
                mutator("computeIfAbsent", dict -> dict.computeIfAbsent("a", key -> tensor)),
                mutator("computeIfPresent", dict -> dict.computeIfPresent("none", (key, value) -> value)),
                mutator("merge", dict -> dict.merge("a", tensor, (one, other) -> one)),
                mutator("keySet remove", dict -> dict.keySet().remove("a")),
                mutator("keySet clear", dict -> dict.keySet().clear()),
                mutator("keySet iterator", dict -> removeFirst(dict.keySet().iterator())),
                mutator("values remove", dict -> dict.values().remove(tensor)),
                mutator("values removeIf", dict -> dict.values().removeIf(value -> false)),
                mutator("values iterator", dict -> removeFirst(dict.values().iterator())),
                mutator("entrySet removeIf", dict -> dict.entrySet().removeIf(entry -> false)),
                mutator("entrySet add", dict -> dict.entrySet().add(Map.entry("x", tensor))),
                mutator("entrySet iterator", dict -> removeFirst(dict.entrySet().iterator())),
                mutator("setValue", dict -> dict.entrySet().iterator().next().setValue(tensor)),
                mutator("setValue in an array", dict -> setFirst(dict.entrySet().toArray(), tensor)),
                mutator(
                        "setValue in a stream",
                        dict -> dict.entrySet().stream().forEach(entry -> entry.setValue(tensor))),
                mutator("extraState", dict -> dict.extraState().clear()),
                mutator("versions", dict -> dict.versions().put("x", 2)));
    }

    private static void removeFirst(Iterator<?> iterator) {
        iterator.next();
        iterator.remove();
    }

    @SuppressWarnings("unchecked")
    private static void setFirst(Object[] entries, Tensor tensor) {
        ((Map.Entry<String, Tensor>) entries[0]).setValue(tensor);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutators")
    void everyMutatorThrows(String name, Consumer<StateDict> mutator) {
        StateDict full = StateDict.builder()
                .put("b", b)
                .put("a", a)
                .extraState("", "note")
                .version("fc", 2)
                .build();

        assertThatThrownBy(() -> mutator.accept(full)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(full).containsExactly(Map.entry("b", b), Map.entry("a", a));
    }

    @Test
    void theErrorSaysWhatToDoInstead() {
        assertThatThrownBy(() -> dict.put("c", a))
                .hasMessage("a StateDict is unmodifiable; collect what you need in a LinkedHashMap, and"
                        + " StateDict.of(map) makes a dict of it");
    }

    @Test
    void theOrderIsThatOfTheEntries() {
        assertThat(dict.keySet()).containsExactly("b", "a");
        assertThat(dict.values()).containsExactly(b, a);
        assertThat(dict.entrySet()).containsExactly(Map.entry("b", b), Map.entry("a", a));
        List<String> keys = new ArrayList<>();
        dict.forEach((key, tensor) -> keys.add(key));
        assertThat(keys).containsExactly("b", "a");
    }

    @Test
    void keysAreFoundInWhateverOrderTheyAreAskedFor() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            StateDict state = Node.random(random, 3).stateDict();
            Map<String, Tensor> map = new LinkedHashMap<>(state);
            List<String> keys = new ArrayList<>(map.keySet());
            keys.add("absent");
            StateDict unread = state.copy();

            for (int run = 0; run < 20; run++) {
                int start = random.nextInt(keys.size());
                int end = Math.min(keys.size(), start + random.nextInt(5));
                for (String key : keys.subList(start, end)) {
                    assertThat(state.get(key)).as("%s, seed %d", key, seed).isSameAs(map.get(key));
                    assertThat(unread.containsKey(key))
                            .as("%s, seed %d", key, seed)
                            .isEqualTo(map.containsKey(key));
                }
            }
        }
    }

    @Test
    void foreignTypesAndNullAreSimplyNotThere() {
        assertThat(dict.get(null)).isNull();
        assertThat(dict.get(7)).isNull();
        assertThat(dict.get("c")).isNull();
        assertThat(dict.getOrDefault(null, a)).isSameAs(a);
        assertThat(dict.containsKey(null)).isFalse();
        assertThat(dict.containsKey(b)).isFalse();
        assertThat(dict.containsValue(null)).isFalse();
        assertThat(dict.containsValue("b")).isFalse();
        assertThat(dict.containsValue(b)).isTrue();
        assertThat(dict.keySet().contains(null)).isFalse();
        assertThat(dict.entrySet().contains("b")).isFalse();
        assertThat(dict.entrySet().contains(Map.entry(1, 2))).isFalse();
        assertThat(dict.entrySet().contains(Map.entry("b", a))).isFalse();
        assertThat(dict.entrySet().contains(Map.entry("b", b))).isTrue();
    }

    @Test
    void equalityIsThatOfMapsAndSoByTheTensorsIdentity() {
        Map<String, Tensor> same = new HashMap<>(Map.of("a", a, "b", b));

        assertThat(dict).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(same).isEqualTo(dict);
        assertThat(dict).isEqualTo(StateDict.of(same));
        assertThat(dict).isNotEqualTo(dict.copy());
        assertThat(dict.entrySet()).isEqualTo(same.entrySet());
        assertThat(dict.entrySet().iterator().next())
                .isEqualTo(Map.entry("b", b))
                .hasSameHashCodeAs(Map.entry("b", b));
    }

    @Test
    void contentIsComparedBitForBitInAnyOrder() {
        StateDict one = StateDict.builder()
                .put("x", tensor(Float.NaN, 0f))
                .put("y", tensor(1))
                .build();
        StateDict other = StateDict.builder()
                .put("y", tensor(1))
                .put("x", tensor(Float.NaN, 0f))
                .build();
        StateDict negativeZero = StateDict.builder()
                .put("y", tensor(1))
                .put("x", tensor(Float.NaN, -0f))
                .build();

        assertThat(one.contentEquals(other)).isTrue();
        assertThat(one.contentEquals(negativeZero)).isFalse();
        assertThat(one.contentEquals(one.filter("x"::equals))).isFalse();
        assertThat(one.contentEquals(one.rename("x", "z"))).isFalse();
        assertThat(one.contentEquals(
                        one.union(StateDict.builder().extraState("", "note").build())))
                .isFalse();
    }

    @Test
    void ofAMapSharesItsTensorsAndKeepsItsOrderWhereItHasOne() {
        Map<String, Tensor> linked = new LinkedHashMap<>();
        linked.put("b", b);
        linked.put("a", a);

        assertThat(StateDict.of(linked)).containsExactly(Map.entry("b", b), Map.entry("a", a));
        assertThat(StateDict.of(new TreeMap<>(linked)).keySet()).containsExactly("a", "b");
        assertThat(StateDict.of(new HashMap<>(linked)).keySet()).containsExactly("a", "b");
        assertThat(StateDict.of(linked).policy()).isEqualTo(Policy.COPY);
        assertThat(StateDict.of(linked).role("a")).isEqualTo(Role.PARAMETER);
    }

    @Test
    void ofAStateDictIsThatVeryDict() {
        StateDict live = Modules.visiting(visitor -> visitor.parameter("a", a)).stateDict();

        assertThat(StateDict.of(live)).isSameAs(live);
    }

    @Test
    void ofTakesNoNulls() {
        Map<String, Tensor> nullValue = new HashMap<>();
        nullValue.put("a", null);
        Map<String, Tensor> nullKey = new HashMap<>();
        nullKey.put(null, a);
        nullKey.put("b", b);

        assertThatThrownBy(() -> StateDict.of(nullValue))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the value of \"a\" is null; leave the key out");
        assertThatThrownBy(() -> StateDict.of(nullKey))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("a state dict has no null key");
    }

    @Test
    void theDictDoesNotFollowTheMap() {
        Map<String, Tensor> map = new LinkedHashMap<>(Map.of("a", a));
        StateDict of = StateDict.of(map);

        map.clear();

        assertThat(of).hasSize(1);
    }

    @Test
    void aBuilderTakesEachKeyOnce() {
        ThrowingCallable twice = () -> StateDict.builder().put("a", a).put("a", b);
        ThrowingCallable extraTwice =
                () -> StateDict.builder().extraState("fc", "one").extraState("fc", Map.of());

        assertThatThrownBy(twice)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key \"a\" is there already");
        assertThatThrownBy(extraTwice)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the module \"fc\" has extra state already");
    }

    @Test
    void aBuilderMayGoOnAfterItBuilt() {
        StateDictBuilder builder = StateDict.builder().put("a", a);
        StateDict first = builder.build();

        StateDict second = builder.put("b", b).build();

        assertThat(first).hasSize(1);
        assertThat(second).hasSize(2);
    }

    @Test
    void roleAndStoredTypeNeedAKeyOfTheDict() {
        assertThatThrownBy(() -> dict.role("zz"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no key \"zz\" in this state dict of 2 entries");
        assertThatThrownBy(() -> dict.storedType(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itPrintsAsPyTorchsOrderedDict() {
        assertThat(StateDict.builder().build()).hasToString("OrderedDict()");
        assertThat(StateDict.builder()
                        .put("fc.weight", Tensor.wrap(new float[] {0.5f, 1}, 2, 1))
                        .put("fc.bias", tensor(-1))
                        .build())
                .hasToString("OrderedDict([('fc.weight', tensor([[0.5000],\n        [1.0000]])), ('fc.bias',"
                        + " tensor([-1.]))])");
    }

    @Test
    void keysArePrintedAsPythonQuotesThem() {
        Tensor zero = Tensor.scalar(0);
        StateDict odd = StateDict.builder()
                .put("it's", zero)
                .put("\"'\\", zero)
                .put("\n\r\t\u0007", zero)
                .put("\u00a0\u00e9\u200b\ud83d\ude00\udb40\udc01", zero)
                .build();

        assertThat(odd)
                .hasToString("OrderedDict([(\"it's\", tensor(0.)), ('\"\\'\\\\', tensor(0.)), ('\\n\\r\\t\\x07',"
                        + " tensor(0.)), ('\\xa0\u00e9\\u200b\ud83d\ude00\\U000e0001', tensor(0.))])");
    }
}
