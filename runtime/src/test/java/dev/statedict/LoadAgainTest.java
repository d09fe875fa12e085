package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.LoadInStepTest.Outcome;
import dev.statedict.Modules.Linear;
import dev.statedict.load.LoadedMembers;
import dev.statedict.tensor.Tensor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A dict that was loaded is loaded again as if it never had been, whatever was done to the module in between. */
class LoadAgainTest {
    private static final int RUNS = 3000;

    private final Linear module = new Linear(Modules.tensor(1, 2), Modules.tensor(3));
    private final StateDict dict = module.stateDict(Policy.COPY);
    // held, so that it is known what a later load goes by
    private final LoadedMembers first = load();

    private LoadedMembers load() {
        module.loadStateDict(dict, Policy.COPY);
        return dict.lastLoad();
    }

    private void spoil() {
        module.stateDict(Policy.ALIAS).values().forEach(tensor -> tensor.fill(-1));
    }

    @Test
    void itIsTheSameLoadAsLongAsTheTensorsAreTheSame() {
        spoil();

        LoadReport report = module.loadStateDict(dict, Policy.COPY);

        assertThat(dict.lastLoad()).isSameAs(first);
        assertThat(report.applied()).containsExactly("weight", "bias");
        assertThat(module.stateDict().contentEquals(dict)).isTrue();
    }

    @Test
    void aTensorThatTookThePlaceOfAnotherIsWrittenTo() {
        Tensor before = module.weight;
        spoil();
        module.weight = Modules.tensor(0, 0);

        module.loadStateDict(dict, Policy.COPY);

        assertThat(module.weight.toArray()).containsExactly(1, 2);
        assertThat(before.toArray()).containsExactly(-1, -1);
    }

    @Test
    void aTensorOfAnotherShapeIsRefusedAndNothingWritten() {
        spoil();
        module.bias = Modules.tensor(0, 0);

        assertThatThrownBy(() -> module.loadStateDict(dict, Policy.COPY))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("size mismatch for bias");

        assertThat(module.weight.toArray()).containsExactly(-1, -1);
    }

    @Test
    void anotherShapeOfTheVeryArrayIsRefused() {
        module.weight = module.weight.reshape(2, 1);

        assertThatThrownBy(() -> module.loadStateDict(dict, Policy.COPY))
                .hasMessageContaining("size mismatch for weight");
    }

    @Test
    void aTieThatWasMadeSinceHoldsAndIsReported() {
        Linear other = new Linear(Modules.tensor(4, 5), Modules.tensor(6));
        Stateful both = Modules.visiting(visitor -> {
            visitor.submodule("a", module);
            visitor.submodule("b", other);
        });
        StateDict saved = both.stateDict(Policy.COPY);
        both.loadStateDict(saved, Policy.COPY);
        other.weight = module.weight;

        LoadReport report = both.loadStateDict(saved, Policy.COPY);

        assertThat(report.tied()).containsExactly(Map.entry("a.weight", "b.weight"));
        assertThat(module.weight.toArray()).containsExactly(4, 5);
    }

    @Test
    void aTensorOfTheDictsOwnThatTheModuleTookOverIsUnchanged() {
        module.bias = dict.get("bias");

        assertThat(module.loadStateDict(dict, Policy.COPY).unchanged()).containsExactly("bias");
    }

    @Test
    void tensorsOfTheDictsOwnUnderOneAnothersNamesAreSwapped() {
        StateDict two = StateDict.builder()
                .put("weight", Modules.tensor(1))
                .put("bias", Modules.tensor(2))
                .build();
        Linear crossed = new Linear(Modules.tensor(0), Modules.tensor(0));
        crossed.loadStateDict(two, Policy.COPY);
        crossed.weight = two.get("bias");
        crossed.bias = two.get("weight");

        crossed.loadStateDict(two, Policy.COPY);

        assertThat(crossed.weight.item()).isEqualTo(1);
        assertThat(crossed.bias.item()).isEqualTo(2);
    }

    @Test
    void theSameTensorUnderAnotherNameIsMissing() {
        Stateful renamed = Modules.visiting(visitor -> {
            visitor.parameter("weights", module.weight);
            visitor.parameter("bias", module.bias);
        });

        assertThatThrownBy(() -> renamed.loadStateDict(dict, Policy.COPY))
                .hasMessageContaining("Missing key(s) in state_dict: \"weights\"")
                .hasMessageContaining("Unexpected key(s) in state_dict: \"weight\"");
    }

    @Test
    void aNameThatIsEqualIsTheSame() {
        Stateful composed = Modules.visiting(visitor -> {
            visitor.parameter(new String("weight"), module.weight);
            visitor.parameter("bias", module.bias);
        });

        composed.loadStateDict(dict, Policy.COPY);

        assertThat(dict.lastLoad()).isSameAs(first);
    }

    @Test
    void aMemberThatIsGoneIsUnexpectedAndANewOneMissing() {
        Tensor bias = module.bias;
        module.bias = null;
        assertThatThrownBy(() -> module.loadStateDict(dict, Policy.COPY)).hasMessageContaining("Unexpected key(s)");

        Stateful more = Modules.visiting(visitor -> {
            visitor.parameter("weight", module.weight);
            visitor.parameter("bias", bias);
            visitor.parameter("scale", Tensor.scalar(1));
        });
        assertThatThrownBy(() -> more.loadStateDict(dict, Policy.COPY)).hasMessageContaining("\"scale\"");
    }

    @Test
    void anArrayIsKnownAgainAndAnotherIsNot() {
        float[][] array = {{1, 2}};
        Stateful holder = Modules.visiting(visitor -> visitor.parameter("w", array[0]));
        StateDict saved = holder.stateDict(Policy.COPY);
        holder.loadStateDict(saved, Policy.COPY);
        LoadedMembers known = saved.lastLoad();
        array[0][0] = 7;

        holder.loadStateDict(saved, Policy.COPY);
        assertThat(saved.lastLoad()).isSameAs(known);
        assertThat(array[0]).containsExactly(1, 2);

        array[0] = new float[2];
        holder.loadStateDict(saved, Policy.COPY);
        assertThat(saved.lastLoad()).isNotSameAs(known);
        assertThat(array[0]).containsExactly(1, 2);
    }

    @Test
    void twoModulesMayTakeTurns() {
        Linear other = new Linear(Modules.tensor(0, 0), Modules.tensor(0));
        for (int turn = 0; turn < 3; turn++) {
            spoil();
            other.weight.fill(-1);

            module.loadStateDict(dict, Policy.COPY);
            other.loadStateDict(dict, Policy.COPY);

            assertThat(module.stateDict().contentEquals(dict)).isTrue();
            assertThat(other.stateDict().contentEquals(dict)).isTrue();
        }
    }

    @Test
    void anythingMayHaveBeenDoneToTheModuleInBetween() {
        int known = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Node one = LoadInStepTest.module(new Random(seed));
            Node other = LoadInStepTest.module(new Random(seed));
            StateDict again = StateDict.of(LoadInStepTest.edited(one, new Random(-seed)));
            Map<String, Tensor> map = LoadInStepTest.edited(other, new Random(-seed));
            Outcome.of(one, again, LoadOptions.strict());
            LoadedMembers last = again.lastLoad();
            Outcome.of(other, map, LoadOptions.strict());
            change(one, again, new Random(seed));
            change(other, map, new Random(seed));

            assertThat(Outcome.of(one, again, LoadOptions.strict()))
                    .as("seed %d", seed)
                    .isEqualTo(Outcome.of(other, map, LoadOptions.strict()));

            if (last.count() > 0 && again.lastLoad() == last) {
                known++;
            }
        }
        assertThat(known).as("loads that went by the last one").isBetween(RUNS / 10, RUNS * 3 / 4);
    }

    /** What users may do to a module between two loads. */
    private static void change(Node module, Map<String, Tensor> dict, Random random) {
        List<Node> nodes = new ArrayList<>();
        collect(module, nodes);
        Node node = nodes.get(random.nextInt(nodes.size()));
        Node other = nodes.get(random.nextInt(nodes.size()));
        if (node.parameters.isEmpty() || other.parameters.isEmpty() || dict.isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>(node.parameters.keySet());
        String name = names.get(random.nextInt(names.size()));
        String last = new ArrayList<>(other.parameters.keySet()).get(other.parameters.size() - 1);
        Tensor tensor = node.parameters.get(name);
        switch (random.nextInt(9)) {
            case 0 -> node.parameters.put(name, tensor.copy());
            case 1 -> node.parameters.put(name, other.parameters.get(last));
            case 2 -> {
                node.parameters.put(name, other.parameters.get(last));
                other.parameters.put(last, tensor);
            }
            case 3 -> node.parameters.put(name, new ArrayList<>(dict.values()).get(random.nextInt(dict.size())));
            case 4 -> node.parameters.put(name, Node.tensor(random));
            case 5 -> node.parameters.put("one more", Node.tensor(random));
            case 6 -> node.parameters.remove(name);
            case 7 -> node.parameters.put(name, tensor.reshape(-1));
            default -> Node.refill(tensor, random);
        }
    }

    private static void collect(Node node, List<Node> nodes) {
        nodes.add(node);
        node.children.values().forEach(child -> collect(child, nodes));
    }

    @Test
    void aDictKeepsNoModuleThatItWasLoadedInto() throws InterruptedException {
        WeakReference<Tensor> weight = loadedAndDropped();

        for (int i = 0; i < 100 && weight.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }

        assertThat(weight.get()).isNull();
        spoil();
        module.loadStateDict(dict, Policy.COPY);
        assertThat(module.stateDict().contentEquals(dict)).isTrue();
    }

    private WeakReference<Tensor> loadedAndDropped() {
        Linear dropped = new Linear(Modules.tensor(0, 0), Modules.tensor(0));
        dropped.loadStateDict(dict, Policy.COPY);
        return new WeakReference<>(dropped.weight);
    }

    @Test
    void severalThreadsMayLoadOneDictAtATime() throws Exception {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < 200; i++) {
            tensors.put("t" + i, Modules.tensor(i, -i));
        }
        StateDict shared = StateDict.of(tensors);
        int threads = 4;
        CountDownLatch start = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Boolean>> loads = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Node own = new Node();
                shared.keySet().forEach(key -> own.parameters.put(key, Modules.tensor(0, 0)));
                loads.add(pool.submit(() -> {
                    start.countDown();
                    start.await();
                    boolean all = true;
                    for (int turn = 0; turn < 500; turn++) {
                        own.parameters.values().forEach(tensor -> tensor.fill(7));
                        own.loadStateDict(shared, Policy.COPY);
                        all &= own.stateDict(Policy.ALIAS).contentEquals(shared);
                    }
                    return all;
                }));
            }
            for (Future<Boolean> load : loads) {
                assertThat(load.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
