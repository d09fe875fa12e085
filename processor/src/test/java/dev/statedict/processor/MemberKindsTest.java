package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Policy;
import dev.statedict.Role;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every kind of member, as it is read and as it is loaded. */
class MemberKindsTest {
    private static final String BLOCK = Compiled.inExample("""
            @StateModule
            public class Block implements BlockState {
                @Parameter Tensor weight = Tensor.zeros(1);
                public Block() {}
            }
            """);

    private static Stateful net(String members) {
        return compile(members).create(Stateful.class, "example.Net");
    }

    private static Compiled compile(String members) {
        Compiled compiled = Compiled.strictly(BLOCK, Compiled.inExample("""
                @StateModule
                public class Net implements NetState {
                    public Net() {}
                %s
                }
                """.formatted(members.indent(4))));
        assertThat(compiled.messages()).isEmpty();
        return compiled;
    }

    private static StateDict ones(StateDict like) {
        Map<String, Tensor> ones = new LinkedHashMap<>();
        like.forEach((key, tensor) -> {
            Tensor one = Tensor.zeros(tensor.elementType(), tensor.shape());
            one.fill(1);
            ones.put(key, one);
        });
        return StateDict.of(ones);
    }

    @Test
    void tensorsInAllTheirContainers() {
        Stateful net = net("""
                @Parameter Tensor plain = Tensor.zeros(2);
                @Parameter float[] array = {0, 0, 0};
                @Parameter Optional<Tensor> optional = Optional.of(Tensor.zeros(2));
                @Parameter Optional<Tensor> absent = Optional.empty();
                @Parameter final List<Tensor> list = new ArrayList<>(Arrays.asList(Tensor.zeros(1), null, Tensor.zeros(1)));
                @Buffer final Tensor[] several = {Tensor.zeros(1), Tensor.zeros(1)};
                @Buffer final LinkedHashMap<String, Tensor> named = new LinkedHashMap<>(Map.of("a", Tensor.zeros(1)));
                @Parameter List<? extends Tensor> any = new LinkedList<>(List.of(Tensor.zeros(1)));
                """);

        assertThat(net.stateDict().keySet())
                .containsExactly(
                        "plain", "array", "optional", "list.0", "list.2", "several.0", "several.1", "named.a", "any.0");
        assertThat(net.stateDict().role("several.1")).isEqualTo(Role.BUFFER);
        assertThat(net.stateDict().role("any.0")).isEqualTo(Role.PARAMETER);
        for (Policy policy : Policy.values()) {
            StateDict ones = ones(net.stateDict());
            net.loadStateDict(ones, policy);
            assertThat(net.stateDict().contentEquals(ones)).isTrue();
        }
    }

    @Test
    void aFloatArrayIsTheVeryArrayOfTheModule() {
        Stateful net = net("@Parameter float[] bias = {1, 2};");
        Tensor loaded = Tensor.wrap(new float[] {7, 8}, 2);

        assertThat(net.stateDict().get("bias").sharesStorageWith(net.stateDict().get("bias")))
                .isTrue();
        net.loadStateDict(Map.of("bias", loaded), Policy.ALIAS);
        assertThat(net.stateDict().get("bias").storage()).isSameAs(loaded.storage());
    }

    @Test
    void modulesInAllTheirContainers() {
        Stateful net = net("""
                Block plain = new Block();
                Stateful any = new Block();
                Optional<Block> optional = Optional.of(new Block());
                List<Block> list = List.of(new Block(), new Block());
                Block[] array = {new Block(), null, new Block()};
                SortedMap<String, Block> named = new TreeMap<>(Map.of("b", new Block(), "a", new Block()));
                List<List<Block>> grid = List.of(List.of(), List.of(new Block()));
                Map<String, Optional<Block[]>> deep = Map.of("x", Optional.of(new Block[] {new Block()}));
                Optional<List<? extends Stateful>> maybe = Optional.of(List.of(new Block()));
                Bag bag = new Bag();
                BlockState byInterface = new Block();

                static class Bag extends ArrayList<Block> {
                    private static final long serialVersionUID = 1;
                    Bag() { add(new Block()); }
                }
                """);

        assertThat(net.stateDict().keySet())
                .containsExactly(
                        "plain.weight",
                        "any.weight",
                        "optional.weight",
                        "list.0.weight",
                        "list.1.weight",
                        "array.0.weight",
                        "array.2.weight",
                        "named.a.weight",
                        "named.b.weight",
                        "grid.1.0.weight",
                        "deep.x.0.weight",
                        "maybe.0.weight",
                        "bag.0.weight",
                        "byInterface.weight");
    }

    @Test
    void typeVariablesThatAreBoundedByModules() {
        Compiled compiled = Compiled.strictly(BLOCK, Compiled.inExample("""
                @StateModule
                public class Net<T extends Stateful, U extends Block & Comparable<U>, V extends List<T>, S extends T>
                        implements NetState {
                    T child;
                    U both;
                    V layers;
                    S other;
                    List<T> list;
                    T[] array;
                    Map<String, ? extends T> named;
                    Optional<T> optional;
                    Class<T> type;
                    public Net() {}
                }
                """));

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.generated("example.NetState")).contains("""
                                Net<?, ?, ?, ?> self = (Net<?, ?, ?, ?>) this;
                                visitor.submodule("child", self.child);
                                visitor.submodule("both", self.both);
                                visitor.submodules("layers", self.layers);
                                visitor.submodule("other", self.other);
                                visitor.submodules("list", self.list);
                                visitor.submodules("array", self.array);
                                visitor.submodules("named", self.named);
                                visitor.submodule("optional", self.optional);
                            }
                        """);
    }

    @Test
    void otherNames() {
        Stateful net = net("""
                @Parameter("weight") Tensor kernel = Tensor.zeros(1);
                @Buffer(value = "running_mean", persistent = true) Tensor mean = Tensor.zeros(1);
                @Submodule("self_attn") Block attention = new Block();
                @Submodule("h") List<Block> layers = List.of(new Block());
                """);

        assertThat(net.stateDict().keySet())
                .containsExactly("weight", "running_mean", "self_attn.weight", "h.0.weight");
    }

    @Test
    void aBufferThatIsNotPersistentIsNoState() {
        Stateful net = net("""
                @Buffer(persistent = false) private final Tensor cache = Tensor.zeros(1);
                @Buffer(persistent = false) final long steps = 3;
                """);

        assertThat(net.stateDict()).isEmpty();
    }

    @Test
    void numbers() {
        Stateful net = net("""
                @Buffer boolean warm = true;
                @Buffer int epoch = 2;
                @Buffer long steps = 3;
                @Buffer float momentum = 0.5f;
                @Buffer double loss = 0.1;
                @Parameter boolean gate = false;
                @Parameter int count = 2;
                @Parameter long seed = 3;
                @Parameter float rate = 0.5f;
                @Parameter double scale = 0.1;
                """);

        assertThat(net.stateDict().keySet())
                .containsExactly(
                        "gate", "count", "seed", "rate", "scale", "warm", "epoch", "steps", "momentum", "loss");
        assertThat(net.stateDict().role("scale")).isEqualTo(Role.PARAMETER);
        assertThat(net.stateDict().role("loss")).isEqualTo(Role.COUNTER);
        for (Policy policy : Policy.values()) {
            StateDict ones = ones(net.stateDict());
            net.loadStateDict(ones, policy);
            assertThat(net.stateDict().contentEquals(ones)).isTrue();
        }
    }

    @Test
    void arraysOfEveryType() {
        Stateful net = net("""
                @Parameter float[] f32 = {0, 0};
                @Parameter double[] f64 = {0, 0};
                @Parameter int[] i32 = {0, 0};
                @Buffer long[] i64 = {0, 0};
                @Buffer boolean[] bool = {false, false};
                """);

        for (Policy policy : Policy.values()) {
            StateDict ones = ones(net.stateDict());
            net.loadStateDict(ones, policy);
            assertThat(net.stateDict().contentEquals(ones)).isTrue();
            StateDict live = net.stateDict(Policy.ALIAS);
            live.values().forEach(tensor -> tensor.setLong(0, 1));
            assertThat(net.stateDict().contentEquals(live)).isTrue();
            live.values().forEach(tensor -> tensor.fillLong(0));
        }
    }

    @Test
    void extraState() {
        for (String member : List.of(
                "@ExtraState String text = \"a\";",
                "@ExtraState private String text = \"a\"; String text() { return text; }"
                        + " void setText(String text) { this.text = text; }",
                "@ExtraState Map<String, String> texts = new HashMap<>(Map.of(\"k\", \"v\"));")) {
            Compiled compiled = compile("Block block = new Block();\n" + member);
            Stateful net = compiled.create(Stateful.class, "example.Net");
            Stateful other = compiled.create(Stateful.class, "example.Net");

            assertThat(net.stateDict().keySet()).containsExactly("block.weight");
            assertThat(net.stateDict().extraState()).containsOnlyKeys("");
            other.loadStateDict(net.stateDict());
            assertThat(other.stateDict().extraState()).isEqualTo(net.stateDict().extraState());
        }
    }

    @Test
    void privateFieldsThroughAccessorsAndSetters() {
        Compiled compiled = compile("""
                @Parameter private Tensor weight = Tensor.zeros(1);
                @Buffer private boolean warm;
                @Buffer private long steps;
                private final ArrayList<Block> layers = new ArrayList<>(List.of(new Block()));
                @Parameter private Optional<Tensor> bias = Optional.of(Tensor.zeros(1));

                Tensor weight() { return weight; }
                void setWeight(Tensor weight) { this.weight = weight; }
                boolean isWarm() { return warm; }
                Net setWarm(boolean warm) { this.warm = warm; return this; }
                protected long getSteps() { return steps; }
                void setSteps(int steps) { throw new AssertionError(); }
                void setSteps(long steps) { this.steps = steps; }
                List<Block> getLayers() { return layers; }
                Optional<Tensor> bias() { return bias; }
                void setBias(Tensor bias) { throw new AssertionError(); }
                void setBias(Optional<Tensor> bias) { this.bias = bias; }
                """);
        Stateful net = compiled.create(Stateful.class, "example.Net");

        for (Policy policy : Policy.values()) {
            StateDict ones = ones(net.stateDict());
            assertThat(ones.keySet()).containsExactly("weight", "bias", "warm", "steps", "layers.0.weight");
            net.loadStateDict(ones, policy);
            assertThat(net.stateDict().contentEquals(ones)).isTrue();
        }
        assertThat(compiled.generated("example.NetState")).contains("""
                        visitor.accessor("weight", "Net.weight()");
                        visitor.tensorParameter("weight", self.weight());
                        visitor.accessor("warm", "Net.isWarm()");
                        visitor.counter("warm", self.isWarm());
                        visitor.accessor("steps", "Net.getSteps()");
                        visitor.counter("steps", self.getSteps());
                        visitor.accessor("layers", "Net.getLayers()");
                        visitor.submodules("layers", self.getLayers());
                        visitor.accessor("bias", "Net.bias()");
                        visitor.parameter("bias", self.bias());
                """).contains("""
                        assigner.setter("weight", () -> self.weight(), self::setWeight);
                        assigner.setter("warm", () -> self.isWarm(), self::setWarm);
                        assigner.setter("steps", () -> self.getSteps(), self::setSteps);
                        assigner.setter("bias", () -> self.bias(), self::setBias);
                """);
    }

    @Test
    void aSetterIsUsedWhereverThereIsOne() {
        Stateful net = net("""
                @Parameter Tensor weight = Tensor.zeros(1);

                void setWeight(Tensor weight) { throw new IllegalArgumentException("frozen"); }
                """);

        assertThatThrownBy(() -> net.loadStateDict(Map.of("weight", Tensor.zeros(1)), Policy.ALIAS))
                .hasStackTraceContaining("frozen");
    }

    @Test
    void aClassThatIsAListOfItselfIsNoContainerOfState() {
        assertThat(net("""
                        Recursive tree = new Recursive();
                        Growing<String> growing = new Growing<>();
                        Self<?> self;

                        static class Recursive extends ArrayList<Recursive> {
                            private static final long serialVersionUID = 1;
                        }
                        static class Growing<T> extends ArrayList<Growing<List<T>>> {
                            private static final long serialVersionUID = 1;
                        }
                        interface Self<T extends List<T>> extends List<T> {}
                        """).stateDict()).isEmpty();
    }
}
