package dev.statedict.processor;

import static dev.statedict.processor.Compiled.inExample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDict;
import dev.statedict.Stateful;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The cases of {@code conformance.json} with the tag containers. There the modules are PyTorch's containers themselves;
 * here a container is a field of a module, whose part of the dict is compared.
 */
class ContainerConformanceTest {
    private static final String KEYS = "M.stateDict().keys";

    /** {@code L{p weight[1,1]}}. */
    private static final String L = inExample("""
            @StateModule
            class L implements LState {
                @Parameter Tensor weight;

                L(float w) {
                    weight = Tensor.wrap(new float[] {w}, 1, 1);
                }

                L() {
                    this(9);
                }
            }
            """);

    private static Compiled withField(String field) {
        Compiled compiled = Compiled.strictly(L, inExample("""
                @StateModule
                class M implements MState {
                    %s
                }
                """.formatted(field)));
        assertThat(compiled.messages()).isEmpty();
        return compiled;
    }

    private static Stateful module(Compiled compiled) {
        return compiled.create(Stateful.class, "example.M");
    }

    /** The state of the container that is the field {@code layers}. */
    private static StateDict layers(Stateful module) {
        return module.stateDict().sub("layers");
    }

    private static void assertKeys(String id, StateDict state) {
        assertThat(List.copyOf(state.keySet())).isEqualTo(ConformanceCase.of(id).expect(KEYS));
    }

    private static void assertValue(String id, StateDict state, String key) {
        assertThat(TensorNotation.of(state.get(key)))
                .isEqualTo(ConformanceCase.of(id).expect("value M." + key));
    }

    private static Compiled withThreeLayers() {
        return withField("List<L> layers = new ArrayList<>(List.of(new L(0), new L(1), new L(2)));");
    }

    @SuppressWarnings("unchecked")
    private static List<Stateful> listOfLayers(Stateful module) {
        return (List<Stateful>) ModuleFields.get(module, "layers");
    }

    @Test
    @DisplayName("K-10 list of 11 children: numeric (insertion) order, not lexicographic")
    void manyChildren() {
        assertKeys("K-10", layers(module(withField("List<L> layers = Collections.nCopies(11, new L());"))));
    }

    @Test
    @DisplayName("K-11 removing list element 1 of 3 renumbers the rest")
    void removingAChild() {
        Stateful module = module(withThreeLayers());

        listOfLayers(module).remove(1);

        assertKeys("K-11", layers(module));
        assertValue("K-11", layers(module), "1.weight");
    }

    @Test
    @DisplayName("K-12 inserting at list position 0 renumbers")
    void insertingAChild() {
        Compiled compiled = withThreeLayers();
        Stateful module = module(compiled);

        listOfLayers(module).add(0, compiled.create(Stateful.class, "example.L"));

        assertKeys("K-12", layers(module));
        assertValue("K-12", layers(module), "0.weight");
        assertValue("K-12", layers(module), "3.weight");
    }

    @Test
    @DisplayName("K-13 parameter map built from an unordered map is sorted by key; from an ordered map keeps order")
    void orderOfParameterMaps() {
        Stateful module = module(withField("""
                @Parameter Map<String, Tensor> u = new HashMap<>(2, 1);
                    @Parameter Map<String, Tensor> o = new LinkedHashMap<>();

                    M() {
                        for (String key : List.of("b", "a")) {
                            u.put(key, Tensor.zeros(1));
                            o.put(key, Tensor.zeros(1));
                        }
                    }
                """));

        // a table of two buckets has "b" in the first
        assertThat(((Map<?, ?>) ModuleFields.get(module, "u")).keySet()).hasToString("[b, a]");
        assertKeys("K-13", module.stateDict());
    }

    @Test
    @DisplayName("K-14 module map keeps insertion order")
    void orderOfModuleMaps() {
        assertKeys("K-14", layers(module(withField("""
                Map<String, L> layers = new LinkedHashMap<>();

                    M() {
                        layers.put("z", new L());
                        layers.put("a", new L());
                    }
                """))));
    }

    @Test
    @DisplayName("K-15 parameter list with an entry that is no tensor (here null, as Java has types): index gap")
    void aGapInAParameterList() {
        assertKeys(
                "K-15",
                layers(module(withField(
                        "@Parameter List<Tensor> layers = Arrays.asList(Tensor.zeros(1), null, Tensor.zeros(1));"))));
    }
}
