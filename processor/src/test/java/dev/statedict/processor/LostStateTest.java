package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.processor.model.Diagnostic;
import org.junit.jupiter.api.Test;

/** Nothing whose type is that of state is lost in silence. */
class LostStateTest {
    @Test
    void aTensorWithoutAnAnnotationIsRefused() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    Tensor /*here*/cache;
                }
                """)
                .says(
                        Diagnostic.LOST_STATE,
                        "no state dict would hold Net.cache (Tensor); annotate it with @Parameter or @Buffer, or leave it"
                                + " out with transient");
    }

    @Test
    void soIsAPrivateOne() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    private final Tensor /*here*/cache = Tensor.zeros(2);
                }
                """)
                .says(
                        Diagnostic.LOST_STATE,
                        "no state dict would hold Net.cache (Tensor); annotate it with @Parameter or @Buffer, or leave it"
                                + " out with transient");
    }

    @Test
    void soAreContainersOfTensors() {
        for (String type : new String[] {"List<Tensor>", "Tensor[]", "Map<String, Tensor>", "Optional<Tensor>"}) {
            Refusal.of("""
                    @StateModule
                    class Net implements NetState {
                        %s /*here*/cache;
                    }
                    """.formatted(type))
                    .says(
                            Diagnostic.LOST_STATE,
                            "no state dict would hold Net.cache (" + type
                                    + "); annotate it with @Parameter or @Buffer, or" + " leave it out with transient");
        }
    }

    @Test
    void aRecordComponentIsLeftOutWithAnAnnotation() {
        Refusal.of("""
                @StateModule
                record Net(@Parameter Tensor weight, Tensor /*here*/cache) implements NetState {}
                """)
                .says(
                        Diagnostic.LOST_STATE,
                        "no state dict would hold Net.cache (Tensor); annotate it with @Parameter or @Buffer, or leave it"
                                + " out with @Transient");
    }

    @Test
    void aContainerWithoutNamesIsRefused() {
        for (String type : new String[] {
            "Set<Net>",
            "Collection<? extends Net>",
            "Map<Integer, Net>",
            "Map<Tensor, String>",
            "List<List<Tensor>>",
            "List<Optional<Tensor>>",
            "Tensor[][]",
            "Map<String, Set<Tensor>>",
            "Optional<Tensor[]>",
            "List<? super Tensor>",
            "Optional<? extends Tensor>"
        }) {
            Refusal.of("""
                    @StateModule
                    class Net implements NetState {
                        %s /*here*/cache;
                    }
                    """.formatted(type))
                    .says(
                            Diagnostic.UNNAMEABLE_STATE,
                            "no state dict can name what is in Net.cache (" + type + "); keep modules in Lists, arrays,"
                                    + " Optionals and Maps with String keys, tensors in one List, array, Optional or Map"
                                    + " with String keys, or leave it out with transient");
        }
    }

    @Test
    void aTypeVariableOfTensorsIsRefused() {
        Refusal.of("""
                @StateModule
                class Net<T extends Tensor> implements NetState {
                    T /*here*/cache;
                }
                """)
                .says(
                        Diagnostic.UNNAMEABLE_STATE,
                        "no state dict can name what is in Net.cache (T); keep modules in Lists, arrays, Optionals and Maps"
                                + " with String keys, tensors in one List, array, Optional or Map with String keys, or leave"
                                + " it out with transient");
    }

    @Test
    void aRawContainerIsRefused() {
        for (String type : new String[] {"List", "Map", "Optional", "Set", "ArrayList", "List<List>", "Bag"}) {
            Refusal.of(
                            """
                    @StateModule
                    class Net implements NetState {
                        %s /*here*/layers;
                    }
                    """.formatted(type),
                            "class Bag<T extends Net> extends ArrayList<T> { private static final long serialVersionUID = 1; }")
                    .says(
                            Diagnostic.RAW_CONTAINER,
                            "Net.layers (" + type
                                    + ") has no type arguments, and so may hide modules; write them, or leave"
                                    + " it out with transient");
        }
    }

    @Test
    void theStateOfASuperclassThatIsNoModuleIsRefused() {
        Refusal.of(
                        "class Base { protected Tensor weight; static Tensor shared; transient Tensor cache; }",
                        """
                @StateModule
                /*here*/class Net extends Middle implements NetState {}
                """,
                        "class Middle extends Base { @SuppressWarnings(\"statedict\") Tensor known; }")
                .says(
                        Diagnostic.STRAY_STATE,
                        "no state dict of Net would hold Base.weight (Tensor), whose class is no module; annotate that with @StateModule, or accept the loss with @SuppressWarnings(\"statedict\") on Net");
    }

    @Test
    void whatIsLeftOutOnPurposeIsNot() {
        assertThat(Compiled.strictly(
                                Compiled.inExample("""
                        import java.util.function.Supplier;

                        @StateModule
                        class Net implements NetState {
                            static final Tensor ZERO = Tensor.scalar(0);
                            static Net shared;
                            transient Tensor cache;
                            transient List<Net> parents;
                            @Transient Tensor[] scratch;
                            @SuppressWarnings("statedict") Tensor known;
                            @SuppressWarnings({"statedict", "rawtypes"}) List raw;
                            float[] noise;
                            List<float[]> history;
                            StateDict best;
                            List<StateDict> checkpoints;
                            Map<String, Integer> counts;
                            Supplier<Tensor> lazy;
                            List<?> anything;
                            Object[] things;
                            Comparable<String> name;
                        }
                        """),
                                Compiled.inExample("""
                        @StateModule
                        record Pair(@Transient Tensor first, @Transient List<Tensor> second) implements PairState {}
                        """),
                                Compiled.inExample("""
                        @StateModule
                        @SuppressWarnings("statedict")
                        class Tolerant extends Plain implements TolerantState {}
                        """),
                                Compiled.inExample("class Plain { Tensor weight; }"))
                        .messages())
                .isEmpty();
    }
}
