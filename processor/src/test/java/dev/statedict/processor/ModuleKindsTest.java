package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Stateful;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

/** Every kind of class that can be a module compiles without a warning, and gives its state. */
class ModuleKindsTest {
    private static Iterable<String> keys(String className, String... sources) {
        Compiled compiled = Compiled.strictly(sources);
        assertThat(compiled.messages()).isEmpty();
        return compiled.create(Stateful.class, className).stateDict().keySet();
    }

    @Test
    void aPackagePrivateClassBesideAnotherInOneFile() {
        assertThat(keys("example.Second", Compiled.inExample("""
                        class First {}

                        @StateModule
                        class Second implements SecondState {
                            @Parameter Tensor weight = Tensor.zeros(1);
                        }
                        """))).containsExactly("weight");
    }

    @Test
    void aClassInTheUnnamedPackage() {
        assertThat(keys("Net", """
                        import dev.statedict.*;
                        import dev.statedict.tensor.Tensor;

                        @StateModule
                        class Net implements NetState {
                            @Parameter Tensor weight = Tensor.zeros(1);
                        }
                        """)).containsExactly("weight");
    }

    @Test
    void nestedAndInnerClasses() {
        String outer = Compiled.inExample("""
                @StateModule
                public class Outer<T extends Stateful> implements OuterState {
                    T child;
                    final Nested nested = new Nested();
                    final Inner<Nested> inner = new Inner<>();
                    final Pair<Nested> pair = new Pair<>(new Nested());

                    @StateModule
                    public static final class Nested implements Outer_NestedState {
                        @Parameter Tensor weight = Tensor.zeros(1);
                    }

                    @StateModule
                    public class Inner<U extends Nested> implements Outer_InnerState {
                        @Parameter Tensor bias = Tensor.zeros(1);
                        List<U> layers = new ArrayList<>();
                        T shared = child;

                        @StateModule
                        class Innermost implements Outer_Inner_InnermostState {
                            U layer;
                        }
                    }

                    @StateModule
                    public record Pair<U extends Stateful>(U first) implements Outer_PairState {}
                }
                """);

        assertThat(keys("example.Outer", outer)).containsExactly("nested.weight", "inner.bias", "pair.first.weight");
        Compiled compiled = Compiled.strictly(outer);
        assertThat(compiled.generated("example.OuterState")).contains("Outer<?> self = (Outer<?>) this;");
        assertThat(compiled.generated("example.Outer_NestedState"))
                .contains("Outer.Nested self = (Outer.Nested) this;");
        assertThat(compiled.generated("example.Outer_InnerState"))
                .contains("Outer<?>.Inner<?> self = (Outer<?>.Inner<?>) this;");
        assertThat(compiled.generated("example.Outer_Inner_InnermostState"))
                .contains("Outer<?>.Inner<?>.Innermost self = (Outer<?>.Inner<?>.Innermost) this;");
        assertThat(compiled.generated("example.Outer_PairState"))
                .contains("Outer.Pair<?> self = (Outer.Pair<?>) this;")
                .contains("The state of {@link Outer.Pair}, generated from its annotations.");
    }

    @Test
    void aModuleInAnInterfaceAnEnumAndARecord() {
        assertThat(keys(
                        "example.Net",
                        Compiled.inExample("""
                        @StateModule
                        class Net implements NetState {
                            final InInterface.A a = new InInterface.A();
                            final InEnum.B b = new InEnum.B();
                            final InRecord.C c = new InRecord.C();
                        }
                        """),
                        Compiled.inExample("""
                        interface InInterface {
                            @StateModule
                            class A implements InInterface_AState {
                                @Parameter Tensor weight = Tensor.zeros(1);
                            }
                        }
                        """),
                        Compiled.inExample("""
                        enum InEnum {
                            ONE;

                            @StateModule
                            static class B implements InEnum_BState {
                                @Parameter Tensor weight = Tensor.zeros(1);
                            }
                        }
                        """),
                        Compiled.inExample("""
                        record InRecord() {
                            @StateModule
                            static class C implements InRecord_CState {
                                @Parameter Tensor weight = Tensor.zeros(1);
                            }
                        }
                        """)))
                .containsExactly("a.weight", "b.weight", "c.weight");
    }

    @Test
    void aRecordWithACompactConstructor() {
        assertThat(keys("example.Net", Compiled.inExample("""
                        @StateModule
                        public record Net(@Parameter("w") Tensor weight, Linear fc, @Buffer float[] mean, int width)
                                implements NetState {
                            public static final int LIMIT = 3;

                            public Net {
                                Objects.requireNonNull(weight);
                            }

                            public Net() {
                                this(Tensor.zeros(1), new Linear(), new float[2], 2);
                            }
                        }
                        """), Compiled.inExample("""
                        @StateModule
                        public class Linear implements LinearState {
                            @Parameter Tensor weight = Tensor.zeros(1);
                        }
                        """)))
                .containsExactly("w", "mean", "fc.weight");
    }

    @Test
    void anAbstractClassWithASealedHierarchy() {
        assertThat(keys(
                        "example.Conv",
                        Compiled.inExample("""
                        @StateModule
                        public abstract sealed class Layer implements LayerState permits Linear, Conv {
                            @Parameter Tensor weight = Tensor.zeros(1);
                        }
                        """),
                        Compiled.inExample("""
                        public final class Linear extends Layer implements LinearState {
                            @Parameter Tensor bias = Tensor.zeros(1);
                        }
                        """),
                        Compiled.inExample("""
                        public non-sealed class Conv extends Layer implements ConvState {
                            @Buffer long steps;
                            final Layer inner = new Linear();
                            Shape shape;
                        }
                        """),
                        Compiled.inExample("""
                        sealed interface Shape extends Stateful {}

                        @StateModule
                        record Round(@Parameter Tensor radius) implements Shape, RoundState {}
                        """)))
                .containsExactly("weight", "steps", "inner.weight", "inner.bias");
    }

    @Test
    void aClassWithASuperclassOfItsOwn() {
        assertThat(keys("example.Net", Compiled.inExample("""
                        @StateModule
                        class Net extends Thread implements NetState {
                            @Parameter Tensor weight = Tensor.zeros(1);
                        }
                        """))).containsExactly("weight");
    }

    @Test
    void theInterfaceIsAsVisibleAsTheClass() {
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                public class Outer {
                    @StateModule
                    protected static class Open implements Outer_OpenState {}

                    @StateModule
                    static class Closed implements Outer_ClosedState {
                        @StateModule
                        public static class Within implements Outer_Closed_WithinState {}
                    }
                }
                """));

        assertThat(compiled.messages()).isEmpty();
        assertThat(Modifier.isPublic(compiled.load("example.Outer_OpenState").getModifiers()))
                .isTrue();
        assertThat(Modifier.isPublic(compiled.load("example.Outer_ClosedState").getModifiers()))
                .isFalse();
        assertThat(Modifier.isPublic(
                        compiled.load("example.Outer_Closed_WithinState").getModifiers()))
                .isFalse();
    }

    @Test
    void deprecatedAndRawTypes() {
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                @Deprecated
                @StateModule
                public class Old implements OldState {
                    @Parameter Tensor weight = Tensor.zeros(1);
                    @SuppressWarnings("rawtypes") Generic raw = new Generic();

                    @Deprecated(forRemoval = true)
                    @StateModule
                    public static class Oldest implements Old_OldestState {
                        @Deprecated @Buffer Tensor mean = Tensor.zeros(1);
                        @Parameter private Tensor bias = Tensor.zeros(1);

                        @Deprecated public Tensor getBias() { return bias; }
                        @Deprecated public void setBias(Tensor bias) { this.bias = bias; }
                    }
                }
                """), Compiled.inExample("""
                @StateModule
                public class Generic<T extends Stateful> implements GenericState {
                    T child;
                    @SuppressWarnings("rawtypes") @Submodule("kids") List<Generic> children = List.of();
                    @Deprecated @Parameter Tensor scale = Tensor.zeros(1);
                }
                """));

        assertThat(compiled.messages()).isEmpty();
        assertThat(compiled.generated("example.OldState")).contains("@SuppressWarnings(\"deprecation\")");
        assertThat(compiled.generated("example.Old_OldestState"))
                .contains("@SuppressWarnings({\"deprecation\", \"removal\"})");
    }

    @Test
    void classesWithTheNamesOfOurs() {
        assertThat(keys("example.Policy", """
                        package example;

                        import dev.statedict.Parameter;
                        import dev.statedict.StateModule;

                        @StateModule
                        public class Policy implements PolicyState {
                            @Parameter dev.statedict.tensor.Tensor weight = dev.statedict.tensor.Tensor.zeros(1);
                            final Tensor tensor = new Tensor();
                            final Map map = new Map();
                        }
                        """, """
                        package example;

                        @dev.statedict.StateModule
                        public class Tensor implements TensorState {
                            @dev.statedict.Buffer int self = 1;
                            @dev.statedict.Buffer int visitor = 2;
                            @dev.statedict.Buffer int assigner = 3;
                            @dev.statedict.Buffer int value = 4;
                        }
                        """, """
                        package example;

                        @dev.statedict.StateModule
                        public class Map implements MapState {
                            @dev.statedict.Parameter float[] Override = {1};
                        }
                        """))
                .containsExactly(
                        "weight", "tensor.self", "tensor.visitor", "tensor.assigner", "tensor.value", "map.Override");
    }
}
