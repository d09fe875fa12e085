package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A load that goes the short way ends as it would the long way, on which every plain map is sent. */
class LoadInStepTest {
    private static final int RUNS = 3000;

    private final Tensor weight = Tensor.scalar(1);
    private final StateDict dict =
            StateDict.builder().put("weight", Tensor.scalar(3)).build();

    /** What can be seen of a load. */
    record Outcome(String message, LoadReport report, Map<String, List<Double>> values) {
        static Outcome of(Node module, Map<String, Tensor> state, LoadOptions options) {
            Map<String, List<Double>> values = new LinkedHashMap<>();
            String message = "";
            LoadReport report;
            try {
                report = module.loadStateDict(state, options);
            } catch (StateDictLoadException refused) {
                message = refused.getMessage();
                report = refused.report();
            }
            module.stateDict().forEach((key, tensor) -> values.put(key, values(tensor)));
            return new Outcome(message, report, values);
        }

        private static List<Double> values(Tensor tensor) {
            List<Double> values = new ArrayList<>();
            for (double value : tensor.toDoubleArray()) {
                values.add(value);
            }
            return values;
        }
    }

    /** A dict in module order, some of which are not quite what the module has. */
    static Map<String, Tensor> edited(Node module, Random random) {
        StateDict live = module.stateDict();
        List<String> keys = new ArrayList<>(live.keySet());
        Map<String, Tensor> state = new LinkedHashMap<>();
        live.forEach((key, tensor) -> {
            Tensor fresh = tensor.copy();
            Node.refill(fresh, random);
            state.put(key, fresh);
        });
        if (keys.isEmpty() || random.nextBoolean()) {
            return state;
        }
        String key = keys.get(random.nextInt(keys.size()));
        String other = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(9)) {
            case 0 -> state.remove(key);
            case 1 -> state.put(key + ".x", Node.tensor(random));
            case 2 -> state.put(key, state.remove(key));
            case 3 -> state.put(key, Node.tensor(random));
            case 4 -> state.put(key, live.get(key));
            case 5 -> state.put(key, live.get(other));
            case 6 -> state.put(key, state.get(other));
            case 7 -> state.put(key, within(state.get(key)));
            default -> state.put(key, state.get(key).reshape(-1));
        }
        return state;
    }

    /** The same values in the middle of a larger storage. */
    private static Tensor within(Tensor tensor) {
        Tensor view = Tensor.zeros(tensor.elementType(), tensor.numel() + 2)
                .narrow(0, 1, tensor.numel())
                .reshape(tensor.shape());
        view.copyFrom(tensor);
        return view;
    }

    /** A random tree, in which now and then two names have one tensor, or a tensor is a part of another. */
    static Node module(Random random) {
        Node module = Node.random(random, 2);
        if (!module.parameters.isEmpty()) {
            Tensor first = module.parameters.values().iterator().next();
            switch (random.nextInt(8)) {
                case 0 -> module.parameters.put("tied", first);
                case 1 -> module.parameters.put("reshaped", first.reshape(-1));
                case 2 -> module.parameters.put("part", within(first));
                default -> {}
            }
        }
        return module;
    }

    @Test
    void aDictIsLoadedAsAPlainMapOfTheSameEntriesIs() {
        int inStep = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Node one = module(new Random(seed));
            Node other = module(new Random(seed));
            StateDict dict = StateDict.of(edited(one, new Random(-seed)));
            Map<String, Tensor> map = edited(other, new Random(-seed));
            LoadOptions options = seed % 3 == 0
                    ? LoadOptions.strict()
                            .allowMissing("*")
                            .allowUnexpected("*")
                            .skipMismatched("*")
                    : LoadOptions.strict();

            assertThat(Outcome.of(one, dict, options)).as("seed %d", seed).isEqualTo(Outcome.of(other, map, options));

            if (LoadInStep.tryLoad(one, dict, options.withPolicy(Policy.COPY).rules()) != null) {
                inStep++;
            }
        }
        assertThat(inStep).as("runs that go the short way").isBetween(RUNS / 4, RUNS * 3 / 4);
    }

    @Test
    void aSnapshotOfTheModuleItselfGoesTheShortWay() {
        Node module = module(new Random(2));
        StateDict snapshot = module.stateDict(Policy.COPY);
        module.stateDict(Policy.ALIAS).values().forEach(tensor -> Node.refill(tensor, new Random(3)));

        LoadReport report = LoadInStep.tryLoad(
                module, snapshot, LoadOptions.strict().withPolicy(Policy.COPY).rules());

        assertThat(report).isNotNull();
        assertThat(report.applied()).containsExactlyElementsOf(snapshot.keySet());
        assertThat(module.stateDict().contentEquals(snapshot)).isTrue();
    }

    @Test
    void everyElementTypeGoesTheShortWayOnArraysAndOnRows() {
        List<Tensor> places = new ArrayList<>(List.of(
                Tensor.wrap(new float[2][3]),
                Tensor.wrap(new double[2][3]),
                Tensor.wrap(new int[2][3]),
                Tensor.wrap(new long[2][3]),
                Tensor.wrap(new boolean[2][3])));
        for (ElementType type : ElementType.values()) {
            places.add(Tensor.zeros(type, 2, 3));
        }
        for (Tensor place : places) {
            Stateful module = Modules.visiting(visitor -> visitor.parameter("w", place));
            Tensor given = Tensor.zeros(place.elementType(), 2, 3);
            Node.refill(given, new Random(1));

            assertThat(LoadInStep.tryLoad(
                            module,
                            StateDict.of(Map.of("w", given)),
                            LoadOptions.strict().withPolicy(Policy.COPY).rules()))
                    .as("%s", place.elementType())
                    .isNotNull();
            assertThat(place.contentEquals(given)).isTrue();
        }
    }

    @Test
    void tensorsOfAllSizesAreCopiedWhole() {
        for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, 5_000_000}) {
            Tensor weight = Tensor.zeros(size);
            Stateful module = Modules.visiting(visitor -> visitor.parameter("weight", weight));
            StateDict snapshot = module.stateDict(Policy.COPY);
            Tensor saved = snapshot.get("weight");
            for (int i = 0; i < size; i++) {
                saved.storage()[i] = i;
            }

            module.loadStateDict(snapshot, Policy.COPY);

            assertThat(weight.contentEquals(saved)).as("%d elements", size).isTrue();
        }
    }

    @Test
    void rowsGoTheShortWayWhicheverSideHasThem() {
        double[][] values = {{1, 2, 3}, {4, 5, 6}};
        StateDict rows = StateDict.builder().put("w", Tensor.wrap(values)).build();
        StateDict flat =
                StateDict.builder().put("w", Tensor.wrap(values).contiguous()).build();
        double[][] ownRows = new double[2][3];
        Tensor ownArray = Tensor.zeros(ElementType.F64, 2, 3);

        for (StateDict dict : List.of(rows, rows.copy(), flat)) {
            Tensor onRows = Tensor.wrap(ownRows);
            onRows.fill(0);
            assertThat(tryLoad(Modules.visiting(visitor -> visitor.parameter("w", onRows)), dict))
                    .isNotNull();
            assertThat(ownRows).isDeepEqualTo(values);

            ownArray.fill(0);
            assertThat(tryLoad(Modules.visiting(visitor -> visitor.parameter("w", ownArray)), dict))
                    .isNotNull();
            assertThat(ownArray.toDoubleArray()).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void whereItIsNotTheShortWayNothingIsWrittenOnIt() {
        Tensor first = Tensor.scalar(1);
        Tensor last = Tensor.scalar(2);
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("first", first);
            visitor.parameter("last", last);
        });
        StateDict shorter = StateDict.of(Map.of("first", Tensor.scalar(5)));

        assertThat(LoadInStep.tryLoad(
                        module,
                        shorter,
                        LoadOptions.strict().withPolicy(Policy.COPY).rules()))
                .isNull();

        assertThat(first.item()).isEqualTo(1);
    }

    @Test
    void aTieThatIsDeclaredAndDoesNotHoldIsRefusedOnEitherWay() {
        Stateful module = Modules.visiting(visitor -> {
            visitor.parameter("a", Tensor.scalar(1));
            visitor.parameter("b", Tensor.scalar(2));
            visitor.tiedTo("b", "a");
        });
        StateDict dict = StateDict.builder()
                .put("a", Tensor.scalar(3))
                .put("b", Tensor.scalar(3))
                .build();

        assertThatThrownBy(() -> module.loadStateDict(dict))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"b\"");
    }

    private Stateful with(Consumer<StateVisitor> more) {
        return Modules.visiting(visitor -> {
            visitor.parameter("weight", weight);
            more.accept(visitor);
        });
    }

    private static LoadReport tryLoad(Stateful module, StateDict dict) {
        return LoadInStep.tryLoad(
                module, dict, LoadOptions.strict().withPolicy(Policy.COPY).rules());
    }

    @Test
    void aModuleThatSaysMoreThanItsTensorsIsLoadedByPlan() {
        Map<String, Consumer<StateVisitor>> more = new LinkedHashMap<>();
        more.put("version", visitor -> visitor.version(2));
        more.put("migration", visitor -> visitor.version(2, (state, version) -> state));
        more.put("formerly", visitor -> visitor.formerly("weight", "w"));
        more.put("retired", visitor -> visitor.retired("old"));
        more.put("addedIn", visitor -> visitor.addedIn("weight", 2));
        more.put("shape", visitor -> visitor.shape("weight"));
        more.put("counter", visitor -> visitor.counter("step", 1));
        more.put("extra state", visitor -> visitor.extraState("state"));

        assertThat(tryLoad(with(visitor -> {}), dict)).isNotNull();
        weight.fill(1);
        more.forEach((name, member) ->
                assertThat(tryLoad(with(member), dict)).as(name).isNull());
        assertThat(weight.item()).isEqualTo(1);
    }

    @Test
    void aDictThatSaysMoreThanItsTensorsIsLoadedByPlan() {
        StateDict newer = StateDict.builder()
                .put("weight", Tensor.scalar(3))
                .version("", 2)
                .build();
        StateDict extra = StateDict.builder()
                .put("weight", Tensor.scalar(3))
                .putExtraState("", "state")
                .build();

        assertThat(tryLoad(with(visitor -> {}), newer)).isNull();
        assertThat(tryLoad(with(visitor -> {}), extra)).isNull();
        assertThat(weight.item()).isEqualTo(1);
    }

    @Test
    void aCounterOrExtraStateThatTheDictLacksIsMissing() {
        assertThatThrownBy(() -> with(visitor -> visitor.counter("step", 1)).loadStateDict(dict))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("\"step\"");
        assertThatThrownBy(() -> with(visitor -> visitor.extraState("state")).loadStateDict(dict))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("\"_extra_state\"");
        assertThat(weight.item()).isEqualTo(1);
    }

    @Test
    void stateOfAnEarlierVersionIsMigratedThoughItHasAllKeys() {
        StateDict earlier = StateDict.builder()
                .put("weight", Tensor.scalar(3))
                .version("", 1)
                .build();
        Stateful doubling = with(visitor -> visitor.version(
                2,
                (state, version) ->
                        Map.of("weight", Tensor.scalar(2 * state.get("weight").item()))));

        doubling.loadStateDict(earlier);

        assertThat(weight.item()).isEqualTo(6);
    }

    @Test
    void hooksRunThoughTheDictHasAllKeys() {
        List<String> log = new ArrayList<>();
        class Hooked implements Stateful, StateHooks {
            @Override
            public void visitState(StateVisitor visitor) {
                visitor.parameter("weight", weight);
            }

            @Override
            public Map<String, Tensor> beforeLoad(String prefix, StateDict state) {
                log.add("before");
                return state;
            }

            @Override
            public void afterLoad(String prefix, LoadReport report) {
                log.add("after");
            }
        }

        new Hooked().loadStateDict(dict);

        assertThat(log).containsExactly("before", "after");
        assertThat(weight.item()).isEqualTo(3);
    }
}
