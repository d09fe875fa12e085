package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.load.LoadedMembers;
import dev.statedict.tensor.Tensor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A dict that is loaded again into the rows that it was loaded into before is not held against them anew; where anything is
 * other than it was, the load ends as a first one would.
 */
class LoadOfRowsAgainTest {

    /** Two matrices of one shape, a vector as long as their rows, and a deeper array. */
    private static final class Net implements Stateful {
        float[][] first = new float[4][3];
        float[][] second = new float[4][3];
        float[] vector = new float[3];
        float[][][] deep = new float[2][2][3];

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.fields(this);
            visitor.parameter("first", first);
            visitor.parameter("second", second);
            visitor.parameter("vector", vector);
            visitor.parameter("deep", deep);
        }
    }

    /** A module, a dict for it, and the rows of one of the dict's tensors. */
    private static final class Case {
        final Net net = new Net();
        final float[][] given = new float[4][3];
        final StateDict dict = StateDict.builder()
                .put("first", Tensor.wrap(given))
                .put("second", Tensor.wrap(new float[4][3]))
                .put("vector", Tensor.zeros(3))
                .put("deep", Tensor.zeros(2, 2, 3))
                .build();

        Case() {
            int next = 1;
            for (Tensor tensor : dict.values()) {
                for (int i = 0; i < tensor.numel(); i++) {
                    tensor.reshape(-1).set(next++, i);
                }
            }
        }

        /** What can be seen after a load: the message where it is refused, and all values of the module and of the dict. */
        List<Object> outcome(Map<String, Tensor> state) {
            List<Object> seen = new ArrayList<>();
            try {
                seen.add(net.loadStateDict(state, Policy.COPY));
            } catch (StateDictLoadException | IllegalStateException refused) {
                seen.add(String.valueOf(refused.getMessage()));
            }
            seen.add(Arrays.deepToString(new Object[] {net.first, net.second, net.vector, net.deep}));
            seen.add(Arrays.deepToString(given));
            return seen;
        }
    }

    private static final Map<String, BiConsumer<Net, float[][]>> CHANGES = new LinkedHashMap<>();

    static {
        CHANGES.put("nothing", (net, given) -> {});
        CHANGES.put("a row is another", (net, given) -> net.first[2] = new float[3]);
        CHANGES.put("a row is longer", (net, given) -> net.first[2] = new float[4]);
        CHANGES.put("a row is gone", (net, given) -> net.first[3] = null);
        CHANGES.put("there are more rows", (net, given) -> net.first = Arrays.copyOf(net.first, 5));
        CHANGES.put("there are fewer rows", (net, given) -> net.first = Arrays.copyOf(net.first, 3));
        CHANGES.put("two rows are exchanged", (net, given) -> {
            float[] row = net.first[0];
            net.first[0] = net.first[1];
            net.first[1] = row;
        });
        CHANGES.put("a row stands twice", (net, given) -> net.first[2] = net.first[1]);
        CHANGES.put("a row stands in another matrix", (net, given) -> net.second[0] = net.first[1]);
        CHANGES.put("a row is the vector", (net, given) -> net.first[0] = net.vector);
        CHANGES.put("the vector is a row", (net, given) -> net.vector = net.second[3]);
        CHANGES.put("the vector is another", (net, given) -> net.vector = new float[3]);
        CHANGES.put("a row is one of the dict's", (net, given) -> net.first[0] = given[1]);
        CHANGES.put("a row of another matrix is one of the dict's", (net, given) -> net.second[0] = given[1]);
        CHANGES.put("the vector is a row of the dict's", (net, given) -> net.vector = given[3]);
        CHANGES.put("the matrix is the dict's", (net, given) -> net.first = given);
        CHANGES.put("the outer array is another, of the same rows", (net, given) -> net.first = net.first.clone());
        CHANGES.put("both matrices are one", (net, given) -> net.second = net.first);
        CHANGES.put("the matrices are exchanged", (net, given) -> {
            float[][] matrix = net.first;
            net.first = net.second;
            net.second = matrix;
        });
        CHANGES.put("a deep row is another", (net, given) -> net.deep[1][0] = new float[3]);
        CHANGES.put("a deep row stands twice", (net, given) -> net.deep[1][0] = net.deep[0][1]);
        CHANGES.put("a deep row is longer", (net, given) -> net.deep[1][1] = new float[4]);
        CHANGES.put(
                "the deep rows are grouped otherwise",
                (net, given) ->
                        net.deep = new float[][][] {{net.deep[0][0], net.deep[0][1], net.deep[1][0], net.deep[1][1]}});
        CHANGES.put("a deep group is another", (net, given) -> net.deep[0] = new float[2][3]);
        CHANGES.put("a deep group is too large", (net, given) -> net.deep[0] = Arrays.copyOf(net.deep[0], 3));
        CHANGES.put("a deep group is gone", (net, given) -> net.deep[1] = null);
    }

    @Test
    void whateverChangesBetweenTwoLoadsTheSecondEndsAsAFirstFromAPlainMap() {
        CHANGES.forEach((name, change) -> {
            Case repeated = new Case();
            Case once = new Case();
            repeated.net.loadStateDict(repeated.dict, Policy.COPY);
            repeated.net.loadStateDict(repeated.dict, Policy.COPY);
            once.net.loadStateDict(new LinkedHashMap<>(once.dict), Policy.COPY);

            change.accept(repeated.net, repeated.given);
            change.accept(once.net, once.given);
            for (Case each : List.of(repeated, once)) {
                each.given[1][2] = -1;
            }

            assertThat(repeated.outcome(repeated.dict))
                    .as(name)
                    .isEqualTo(once.outcome(new LinkedHashMap<>(once.dict)));
        });
    }

    @Test
    void theSameRowsAreNotHeldAgainstTheDictAnew() {
        Case loaded = new Case();

        loaded.net.loadStateDict(loaded.dict, Policy.COPY);
        LoadedMembers known = loaded.dict.lastLoad();
        loaded.net.loadStateDict(loaded.dict, Policy.COPY);

        assertThat(known.members()).hasSize(4);
        assertThat(loaded.dict.lastLoad()).isSameAs(known);
        loaded.net.first[3] = new float[3];
        loaded.net.loadStateDict(loaded.dict, Policy.COPY);
        LoadedMembers then = loaded.dict.lastLoad();
        assertThat(then).isNotSameAs(known);
        assertThat(then.members()[1]).as("of the rows that stayed").isSameAs(known.members()[1]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void oneDictIsLoadedIntoManyModulesAtTheSameTime(int rounds) throws Exception {
        Case one = new Case();
        String expected = one.outcome(one.dict).get(1).toString();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                wrong.add(threads.submit(() -> {
                    int count = 0;
                    Net net = new Net();
                    for (int i = 0; i < 2000; i++) {
                        if (i % rounds == 0) {
                            net = new Net();
                        }
                        net.first[i % 4] = new float[3];
                        net.loadStateDict(one.dict, Policy.COPY);
                        String values = Arrays.deepToString(new Object[] {net.first, net.second, net.vector, net.deep});
                        count += values.equals(expected) ? 0 : 1;
                    }
                    return count;
                }));
            }
            for (Future<Integer> count : wrong) {
                assertThat(count.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aDictKeepsNoModuleThatItWasLoadedInto() throws Exception {
        StateDict dict = new Case().dict;
        List<WeakReference<?>> loaded = loaded(dict);
        for (int i = 0; i < 100 && loaded.stream().anyMatch(each -> each.get() != null); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(loaded).allMatch(each -> each.get() == null);
        assertThat(dict).hasSize(4);
    }

    private static List<WeakReference<?>> loaded(StateDict dict) {
        Net net = new Net();
        net.loadStateDict(dict, Policy.COPY);
        return List.of(new WeakReference<>(net), new WeakReference<>(net.first), new WeakReference<>(net.first[0]));
    }
}
