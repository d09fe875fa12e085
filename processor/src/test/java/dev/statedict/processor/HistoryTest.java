package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.LoadReport;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a class says of its past reaches the load. */
class HistoryTest {
    private static final String NORM = Compiled.inExample("""
            @StateModule(version = 3)
            @Retired({"position_*", "eps"})
            public class Norm implements NormState {
                @Parameter(formerly = {"gamma", "scale"}, shape = "features")
                Tensor weight = Tensor.zeros(2);

                @Buffer(shape = {}, addedIn = 3)
                Tensor temperature = Tensor.scalar(1);

                @Buffer(addedIn = 2)
                long steps = 7;

                public Norm() {}

                static Map<String, Tensor> migrate(StateDict state, int version) {
                    return state.rename("v" + version, "gamma");
                }
            }
            """);

    private static final String MODEL = Compiled.inExample("""
            @StateModule
            public class Model implements ModelState {
                @Submodule(formerly = "bn")
                final Norm norm = new Norm();

                public Model() {}
            }
            """);

    private final Compiled compiled = Compiled.strictly(NORM, MODEL);

    @Test
    void isToldAfterEachMember() {
        assertThat(compiled.generated("example.NormState")).contains("""
                        visitor.version(3, Norm::migrate);
                        visitor.retired("position_*");
                        visitor.retired("eps");
                        Norm self = (Norm) this;
                        visitor.tensorParameter("weight", self.weight);
                        visitor.shape("weight", "features");
                        visitor.formerly("weight", "gamma");
                        visitor.formerly("weight", "scale");
                        visitor.tensorBuffer("temperature", self.temperature);
                        visitor.shape("temperature");
                        visitor.addedIn("temperature", 3);
                        visitor.counter("steps", self.steps);
                        visitor.addedIn("steps", 2);
                    }
                """);
        assertThat(compiled.generated("example.ModelState")).contains("""
                        Model self = (Model) this;
                        visitor.submodule("norm", self.norm);
                        visitor.formerly("norm", "bn");
                    }
                """);
    }

    @Test
    void leadsAnOldDictHome() {
        Stateful model = compiled.create(Stateful.class, "example.Model");
        StateDict old = StateDict.builder()
                .put("bn.v1", Tensor.wrap(new float[] {3, 4}, 2))
                .put("bn.position_ids", Tensor.scalar(0))
                .version("bn", 1)
                .build();

        LoadReport report = model.loadStateDict(old);

        assertThat(model.stateDict().get("norm.weight").toArray()).containsExactly(3, 4);
        assertThat(model.stateDict().get("norm.steps").item()).isEqualTo(7);
        assertThat(report.retired()).containsExactly("bn.position_ids");
        assertThat(model.stateDict().versions()).isEqualTo(Map.of("", 1, "norm", 3));
    }

    @Test
    void extraStateCanBeAddedToo() {
        String net = Compiled.inExample("""
                @StateModule(version = 2)
                public class Net implements NetState {
                    @ExtraState(addedIn = 2) String vocabulary = "own";
                    @Parameter Tensor weight = Tensor.scalar(1);

                    public Net() {}
                }
                """);
        Stateful module = Compiled.strictly(net).create(Stateful.class, "example.Net");

        module.loadStateDict(StateDict.builder()
                .put("weight", Tensor.scalar(5))
                .version("", 1)
                .build());

        assertThat(module.stateDict().extraState()).isEqualTo(Map.of("", "own"));
    }

    @Test
    void aVersionIsNeverInherited() {
        Compiled below = Compiled.strictly(NORM, Compiled.inExample("""
                @StateModule(version = 4)
                public class Special extends Norm implements SpecialState {
                    public Special() {}
                }
                """), Compiled.inExample("""
                public class Plain extends Norm {
                    public Plain() {}
                }
                """));

        assertThat(below.create(Stateful.class, "example.Special").stateDict().versions())
                .isEqualTo(Map.of("", 4));
        assertThat(below.generated("example.SpecialState")).contains("""
                        NormState.super.visitState(visitor);
                        visitor.version(4);
                    }
                """);
        assertThat(below.create(Stateful.class, "example.Plain").stateDict().versions())
                .as("a class that adds nothing has its superclass's state")
                .isEqualTo(Map.of("", 3));
    }

    @Test
    void belowAVersionedClassEvenVersionOneIsTold() {
        Compiled compiled = Compiled.strictly(Compiled.inExample("""
                @StateModule(version = 2)
                public class Base implements BaseState {}
                """), Compiled.inExample("""
                public class Net extends Base implements NetState {
                    @Parameter Tensor weight = Tensor.scalar(1);

                    public Net() {}
                }
                """));

        assertThat(compiled.generated("example.NetState")).contains("visitor.version(1);");
        assertThat(compiled.create(Stateful.class, "example.Net").stateDict().versions())
                .isEqualTo(Map.of("", 1));
    }

    @Test
    void aClassMayHaveOtherMethodsCalledMigrate() {
        assertThat(Compiled.strictly(Compiled.inExample("""
                        @StateModule
                        class Net implements NetState {
                            void migrate(String target) {}
                        }
                        """), Compiled.inExample("""
                        @StateModule(version = 2)
                        class Versioned implements VersionedState {
                            void migrate(String target) {}
                            @Deprecated static StateDict migrate(StateDict state, int version) { return state; }
                        }
                        """))
                        .generated("example.VersionedState"))
                .contains("visitor.version(2, Versioned::migrate);");
    }
}
