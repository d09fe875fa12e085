package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.StateDictSchema;
import dev.statedict.Stateful;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A field whose type does not tell whether its value is a module is asked at run time. */
class OpenFieldsTest {
    @TempDir
    Path directory;

    private static final String DENSE = """
            @StateModule
            class Dense implements Layer, DenseState {
                @Parameter Tensor weight = Tensor.zeros(2);
                public void forward() {}
            }
            """;
    private static final String LAYER = "interface Layer { void forward(); }";

    private static Compiled compile(String... sources) {
        String[] files = new String[sources.length];
        for (int i = 0; i < files.length; i++) {
            files[i] = Compiled.inExample(sources[i]);
        }
        return Compiled.strictly(files);
    }

    /** As javac compiles it; as Eclipse's compiler does, it has the same keys, or says the same. */
    private Stateful net(String... sources) {
        Stateful net = compile(sources).create(Stateful.class, "example.Net");
        String[] files = Stream.of(sources).map(Compiled::inExample).toArray(String[]::new);
        Stateful other =
                EachCompiler.ECLIPSE.compile(directory, "example.Net", files).get();
        assertThat(keysOf(other)).isEqualTo(keysOf(net));
        return net;
    }

    private static String keysOf(Stateful net) {
        try {
            return net.stateDict().keySet().toString();
        } catch (IllegalStateException thrown) {
            return thrown.getMessage();
        }
    }

    @Test
    void layersBehindAnInterfaceAreSubmodules() {
        Stateful net = net("""
                @StateModule
                class Net implements NetState {
                    final List<Layer> layers = List.of(new Dense(), () -> {}, new Dense());
                    Layer head = new Dense();
                    Layer activation = () -> {};
                    Layer none;
                }
                """, LAYER, DENSE);

        assertThat(net.stateDict().keySet()).containsExactly("layers.0.weight", "layers.2.weight", "head.weight");
        net.loadStateDict(Map.of(
                "layers.0.weight", Tensor.copyOf(new float[] {1, 2}, 2),
                "layers.2.weight", Tensor.copyOf(new float[] {3, 4}, 2),
                "head.weight", Tensor.copyOf(new float[] {5, 6}, 2)));
        assertThat(net.stateDict().get("layers.2.weight").toArray()).containsExactly(3, 4);
    }

    @Test
    void soIsWhateverATypeDoesNotTell() {
        Stateful net = net("""
                import java.util.function.Supplier;

                @StateModule
                class Net<T, L extends Layer> implements NetState {
                    abstract static class Block {}
                    static class Plain {}
                    @StateModule static class Special extends Plain implements Net_SpecialState {
                        @Parameter Tensor w = Tensor.zeros(1);
                    }
                    @StateModule static class Big extends Block implements Net_BigState, Runnable {
                        @Parameter Tensor w = Tensor.zeros(1);
                        public void run() {}
                    }
                    Object object = new Dense();
                    @SuppressWarnings("unchecked") T variable = (T) new Dense();
                    @SuppressWarnings("unchecked") L bounded = (L) new Dense();
                    Block abstractClass = new Big();
                    Plain openClass = new Special();
                    Runnable ofJava = new Big();
                    List<?> wildcard = List.of(new Dense());
                    Map<String, ? extends Layer> map = Map.<String, Layer>of("b", new Dense(), "a", () -> {});
                    Layer[] array = {null, new Dense()};
                    Optional<Layer> optional = Optional.of(new Dense());
                    Map<Integer, Layer> numbered = Map.of(1, () -> {});
                    Object deep = new Object[] {List.of(Optional.of(new Dense()))};
                    Collection<Layer> collection = List.of(new Dense());
                }
                """, LAYER, DENSE);

        assertThat(net.stateDict().keySet())
                .containsExactly(
                        "object.weight",
                        "variable.weight",
                        "bounded.weight",
                        "abstractClass.w",
                        "openClass.w",
                        "ofJava.w",
                        "wildcard.0.weight",
                        "map.b.weight",
                        "array.1.weight",
                        "optional.weight",
                        "deep.0.0.weight",
                        "collection.0.weight");
    }

    @Test
    void whatCannotBeAModuleIsNotAsked() {
        assertThat(compile("""
                import java.time.LocalDate;
                import java.util.concurrent.atomic.AtomicLong;

                @StateModule
                class Net implements NetState {
                    @Parameter Tensor own;
                    enum Mode { TRAIN }
                    record Sample(float[] features, int label) {}
                    static final class Config {}
                    Mode mode;
                    Config config;
                    List<Sample> samples = List.of();
                    Map<Mode, Sample[]> byMode = Map.of();
                    String name;
                    Integer boxed;
                    List<Long> counts;
                    Set<Sample> distinct;
                    List<float[]> batches;
                    double[][] matrix;
                    Random random;
                    AtomicLong steps;
                    LocalDate day;
                    Optional<String> note;
                    Comparator<Dense> order;
                    Class<? extends Dense> type;
                    final Layer transientLayer() { return null; }
                    transient Layer cache;
                    @Transient Layer parent;
                    static Layer shared;
                }
                """, LAYER, DENSE).generated("example.NetState")).doesNotContain("visitor.submodule");
    }

    @Test
    void aTypeVariableThatASubclassBindsFallsUnderTheSameRule() {
        Stateful net = net(
                "@StateModule class Net extends Seq<Dense> implements NetState { Net() { layers.add(new Dense()); head ="
                        + " new Dense(); } final Blocks<?> blocks = new Blocks<>(); { blocks.add(null); } }",
                """
                @StateModule
                class Seq<M> implements SeqState {
                    final List<M> layers = new ArrayList<>();
                    M head;
                }
                """,
                "class Blocks<T extends Layer> extends ArrayList<T> { private static final long serialVersionUID = 1; }",
                LAYER,
                DENSE);

        assertThat(net.stateDict().keySet()).containsExactly("layers.0.weight", "head.weight");
    }

    @Test
    void aPrivateFieldIsAskedThroughItsAccessor() {
        Stateful net = net("""
                @StateModule
                class Net implements NetState {
                    private final List<Layer> layers = new ArrayList<>(List.of(new Dense()));
                    private Layer head = new Dense();
                    private Iterator<Layer> next = List.<Layer>of(new Dense()).iterator();
                    List<Layer> getLayers() { return Collections.unmodifiableList(layers); }
                    Layer head() { return head; }
                    Object next() { throw new AssertionError("this is no accessor"); }
                }
                """, LAYER, DENSE);

        assertThat(net.stateDict().keySet()).containsExactly("layers.0.weight", "head.weight");
    }

    @Test
    void aPrivateFieldWithoutAnAccessorIsWarnedOfWhereItsTypeIsAbstract() {
        for (String type : List.of("Layer", "List<Layer>", "Block[]", "T", "Map<String, Optional<T>>")) {
            Refusal.of("""
                    @StateModule
                    class Net<T> implements NetState {
                        abstract static class Block {}
                        @Parameter Tensor own;
                        private %s /*here*/head;
                    }
                    """.formatted(type), LAYER)
                    .warns(
                            Diagnostic.UNASKED_FIELD,
                            "Net.head (" + type
                                    + ") is private and has no accessor, so that a module in it would be lost; add"
                                    + " a method \"" + type + " head()\" or \"" + type
                                    + " getHead()\", drop private, or leave it out with transient");
        }
    }

    @Test
    void anyOtherPrivateFieldIsNobodysBusiness() {
        assertThat(compile("""
                @StateModule
                class Net implements NetState {
                    static class Open {}
                    private Object lock;
                    private Runnable task;
                    private Open open;
                    private List<?> things;
                    @SuppressWarnings("statedict") private Layer known;
                    private transient Layer cache;
                    Object[] all() { return new Object[] {lock, task, open, things, known, cache}; }
                }
                """, LAYER).generated("example.NetState")).doesNotContain("visitor.submodule");
    }

    @Test
    void aSerializableClassLeavesAFieldOutWithTheAnnotation() {
        Refusal.of("""
                @StateModule
                class Net implements NetState, java.io.Serializable {
                    private static final long serialVersionUID = 1;
                    private Layer /*here*/head;
                }
                """, LAYER)
                .warns(
                        Diagnostic.UNASKED_FIELD,
                        "Net.head (Layer) is private and has no accessor, so that a module in it would be lost; add a method"
                                + " \"Layer head()\" or \"Layer getHead()\", drop private, or leave it out with @Transient");
    }

    @Test
    void anOpenFieldOfASuperclassThatIsNoModuleIsWarnedOf() {
        Refusal.of(
                        "class Base { protected Layer head; Object lock; }",
                        "@StateModule\n/*here*/class Net extends Base implements NetState { @Parameter Tensor w; }",
                        LAYER)
                .warns(
                        Diagnostic.STRAY_STATE,
                        "no state dict of Net would hold a module in Base.head (Layer), whose class is no module; annotate"
                                + " that with @StateModule, or accept the loss with @SuppressWarnings(\"statedict\") on Net");
    }

    @Test
    void theValueDecidesWhetherAKeyIsTaken() {
        String source = """
                @StateModule
                class Net implements NetState {
                    Layer weight = %s;
                    @Parameter("weight") Tensor kernel = Tensor.zeros(1);
                }
                """;

        assertThat(net(source.formatted("() -> {}"), LAYER, DENSE).stateDict()).containsOnlyKeys("weight");
        assertThatThrownBy(net(source.formatted("new Dense()"), LAYER, DENSE)::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two members share the key \"weight\"; rename one of them");
    }

    @Test
    void aDeclaredTieIsCheckedWhenADictIsMade() {
        String source = """
                @StateModule
                class Net implements NetState {
                    Layer head = %s;
                    @TiedTo("head.weight") @Parameter Tensor weight = %s;
                }
                """;

        assertThat(net(source.formatted("new Dense()", "((Dense) head).weight"), LAYER, DENSE)
                        .stateDict())
                .containsOnlyKeys("weight", "head.weight");
        assertThatThrownBy(net(source.formatted("() -> {}", "Tensor.zeros(1)"), LAYER, DENSE)::stateDict)
                .hasMessageStartingWith("\"weight\" is declared as tied to \"head.weight\", and there is no such key");
    }

    @Test
    void anAnnotationGivesItAKey() {
        assertThat(net("""
                @StateModule
                class Net implements NetState {
                    @Submodule("fc") Layer head = new Dense();
                }
                """, LAYER, DENSE).stateDict()).containsOnlyKeys("fc.weight");
    }

    @Test
    void aModuleThatContainsItselfIsNamedByItsField() {
        assertThatThrownBy(net("""
                @StateModule
                class Net implements NetState {
                    static class Node {}
                    @StateModule static class Child extends Node implements Net_ChildState { Object parent; }
                    Child child = new Child();
                    { child.parent = this; }
                }
                """)::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the module at \"\" (Net) contains itself through \"child.parent\": write @Transient on the field"
                                + " that leads back");
    }

    @Test
    void itsSchemaSaysThatTheClassIsNotKnown() {
        Compiled compiled = compile("""
                @StateModule
                class Net implements NetState {
                    List<Layer> layers = List.of(new Dense());
                    Layer head = new Dense();
                }
                """, LAYER, DENSE);
        StateDictSchema schema = StateDictSchema.of(compiled.load("example.Net"));

        assertThat(schema).hasToString("Net\n  layers.**: Stateful (optional)\n  head.**: Stateful (optional)");
        assertThat(schema.check(compiled.create(Stateful.class, "example.Net").stateDict())
                        .isCompatible())
                .isTrue();
    }

    @Test
    void stateAmongTypeArgumentsIsLost() {
        for (String type : List.of(
                "Holder<Net>",
                "java.util.concurrent.atomic.AtomicReference<Tensor>",
                "Holder<List<Holder<? extends Net>>>",
                "Callback<Tensor[]>",
                "ThreadLocal<Optional<Net>>")) {
            assertThat(Compiled.withOptions(List.of(), Compiled.inExample("""
                    @StateModule
                    class Net implements NetState {
                        %s held;
                    }
                    class Holder<T> { T value; }
                    interface Callback<T> {}
                    """.formatted(type)))
                            .messages())
                    .singleElement()
                    .asString()
                    .contains("[statedict:UnnameableState]");
        }
    }

    @Test
    void aTypeVariableThatASubclassBindsToAModuleIsAsked() {
        Stateful net = net("""
                @StateModule
                class Net extends Seq<Dense> implements NetState {
                    { layers.add(new Dense()); head = new Dense(); }
                }
                """, """
                @StateModule
                class Seq<M> implements SeqState {
                    List<M> layers = new ArrayList<>();
                    M head;
                    @Parameter Tensor own = Tensor.zeros(1);
                }
                """, LAYER, DENSE);

        assertThat(net.stateDict().keySet()).containsExactly("own", "layers.0.weight", "head.weight");
    }

    @Test
    void oneThatASubclassBindsToTensorIsLostWhereTheSuperclassIsNoModule() {
        String bound = """
                @StateModule
                /*here*/class Net extends Middle<Tensor> implements NetState { @Parameter Tensor own; }
                """;
        for (String type : List.of("V", "private V", "List<V>")) {
            String written = type.replace("private ", "").replace("V", "Tensor");
            Refusal.of(bound, "class Holder<V> { " + type + " value; }", "class Middle<T> extends Holder<T> {}")
                    .says(
                            Diagnostic.STRAY_STATE,
                            "no state dict of Net would hold Holder.value (" + written
                                    + "), whose class is no module; annotate that with @StateModule, or accept the loss with"
                                    + " @SuppressWarnings(\"statedict\") on Net");
        }
    }

    @Test
    void soIsOneOfASuperclassThatIsAModule() {
        for (String type : List.of("M", "List<M>", "Map<String, ? extends M>")) {
            Refusal.of(
                            """
                            @StateModule
                            /*here*/class Net extends Seq<Tensor> implements NetState {}
                            """,
                            "@StateModule class Seq<M> implements SeqState { " + type
                                    + " head; @Parameter Tensor own; }")
                    .says(
                            Diagnostic.BOUND_STATE,
                            "no state dict of Net would hold Seq.head, which is of type "
                                    + type.replace("M>", "Tensor>").replaceAll("^M$", "Tensor")
                                    + " there, and is asked for modules alone; keep tensors in an annotated field, or accept"
                                    + " the loss with @SuppressWarnings(\"statedict\") on Net");
        }
    }

    @Test
    void whoeverAcceptsTheLossOfWhatIsBoundIsLeftAlone() {
        assertThat(compile(
                                "@StateModule class Seq<M> implements SeqState { M head; @Transient M last; @Parameter Tensor own; }",
                                "class Holder<V> { V value; transient V cache; }",
                                "@StateModule @SuppressWarnings(\"statedict\") class Net extends Seq<Tensor> implements NetState {}",
                                "@StateModule @SuppressWarnings(\"statedict\") class Other extends Holder<Tensor> implements OtherState {}",
                                "@StateModule class Text extends Holder<String> implements TextState { @Parameter Tensor own; }")
                        .succeeded())
                .isTrue();
    }

    @Test
    void wildcardsWithoutABoundAreAsked() {
        Stateful net = net("""
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor w = Tensor.zeros(2);
                    final List<?> blocks = List.of(new Dense());
                    final Object[] o = {new Dense()};
                    final Map<String, Object> m = Map.of("a", new Dense());
                }
                """, LAYER, DENSE);

        assertThat(net.stateDict().keySet()).containsExactly("w", "blocks.0.weight", "o.0.weight", "m.a.weight");
    }

    @Test
    void aTypeThatDoesNotTellIsWarnedOfAmongTypeArguments() {
        for (String type : List.of(
                "AtomicReference<Layer>",
                "Holder<List<Layer>>",
                "List<Holder<? extends Layer>>",
                "ThreadLocal<T>",
                "Set<AtomicReference<Layer>[]>",
                "AtomicReference<Holder<Layer>>")) {
            Refusal.of("""
                    import java.util.concurrent.atomic.AtomicReference;

                    @StateModule
                    class Net<T> implements NetState {
                        @Parameter Tensor own;
                        %s /*here*/held;
                    }
                    class Holder<V> { V value; }
                    """.formatted(type), LAYER)
                    .warns(
                            Diagnostic.HIDDEN_MODULE,
                            "a module in Net.held (" + type
                                    + ") would be lost, for nothing but containers is asked what it holds; keep it in a"
                                    + " field, a List, an array, an Optional or a Map with String keys, or leave it out with"
                                    + " transient");
        }
    }

    @Test
    void soIsOneInASuperclassThatIsNoModule() {
        Refusal.of(
                        "class Base { protected ThreadLocal<Layer> head; }",
                        "@StateModule\n/*here*/class Net extends Base implements NetState { @Parameter Tensor w; }",
                        LAYER)
                .warns(
                        Diagnostic.STRAY_STATE,
                        "no state dict of Net would hold a module in Base.head (ThreadLocal<Layer>), whose class is no"
                                + " module; annotate that with @StateModule, or accept the loss with"
                                + " @SuppressWarnings(\"statedict\") on Net");
    }

    @Test
    void typeArgumentsOfWhatHoldsNothingAreNobodysBusiness() {
        assertThat(compile("""
                import java.util.concurrent.atomic.AtomicReference;
                import java.util.function.Supplier;

                @StateModule
                class Net implements NetState {
                    Class<Layer> type;
                    Comparator<Layer> order;
                    Supplier<Layer> factory;
                    Comparable<Layer> name;
                    AtomicReference<String> text;
                    AtomicReference<Runnable> task;
                    transient AtomicReference<Layer> cache;
                    @SuppressWarnings("statedict") AtomicReference<Layer> known;
                    @Parameter Tensor own;
                }
                """, LAYER).succeeded()).isTrue();
    }

    @Test
    void aClassThatIsNoContainerIsAskedForAModuleAlone() {
        Compiled compiled = compile("""
                @StateModule
                class Net<T> implements NetState {
                    static class Plain {}
                    static class Bag extends Plain {}
                    sealed interface Sealed permits One {}
                    static final class One implements Sealed {}
                    @StateModule static class Special extends Plain implements Net_SpecialState {
                        @Parameter Tensor w = Tensor.zeros(1);
                    }
                    Plain plain = new Special();
                    private Plain hidden = new Special();
                    Plain getHidden() { return hidden; }
                    Plain none = new Bag();
                    Plain absent;
                    Layer layer = new Dense();
                    Sealed one = new One();
                    T variable;
                }
                """, LAYER, DENSE);

        assertThat(compiled.generated("example.NetState"))
                .contains("visitor.submodule(\"plain\", self.plain instanceof Stateful module ? module : null);")
                .contains("visitor.submodule(\"hidden\", self.getHidden() instanceof Stateful module ? module : null);")
                .contains("visitor.submodule(\"layer\", self.layer);")
                .contains("visitor.submodule(\"one\", self.one);")
                .contains("visitor.submodule(\"variable\", self.variable);");
        assertThat(compiled.create(Stateful.class, "example.Net").stateDict().keySet())
                .containsExactly("plain.w", "hidden.w", "layer.weight");
    }

    @Test
    void whatIsOfTheSameClassAsWeightsBecomesStateUnasked() {
        Stateful net = net("""
                @StateModule
                class Net implements NetState {
                    final Params weights = new Params();
                    Params grads = new Params();
                    Params[] activations = {new Params()};
                    @StateModule static class Params implements Net_ParamsState { @Parameter float[] mem = {0}; }
                }
                """);

        assertThat(net.stateDict().keySet()).containsExactly("weights.mem", "grads.mem", "activations.0.mem");
    }
}
