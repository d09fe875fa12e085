package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Modules.Linear;
import dev.statedict.StateDictSchema.Entry;
import dev.statedict.schema.ClassSchema;
import dev.statedict.schema.MemberKind;
import dev.statedict.schema.MemberSchema;
import dev.statedict.schema.SchemaCheck;
import dev.statedict.schema.SchemaJson;
import dev.statedict.schema.SchemaNode;
import dev.statedict.schema.SchemaResources;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StateDictSchemaTest {
    @Nested
    class OfAModule {
        private final Stateful module = Modules.visiting(visitor -> {
            visitor.submodules("layers", List.of(new Linear(Tensor.zeros(3, 2), null)));
            visitor.counter("steps", 4L);
            visitor.parameter("scale", new float[] {1, 2});
            visitor.extraState("text");
        });

        @Test
        void hasItsKeysAndShapesInOrder() {
            assertThat(StateDictSchema.of(module).entries())
                    .containsExactly(
                            new Entry("scale", Role.PARAMETER, "float[]", List.of("2"), false),
                            new Entry("steps", Role.COUNTER, "long", List.of(), false),
                            new Entry("_extra_state", null, "String", null, false),
                            new Entry("layers.0.weight", Role.PARAMETER, "Tensor", List.of("3", "2"), false));
        }

        @Test
        void acceptsItsOwnStateDict() {
            SchemaReport report = StateDictSchema.of(module).check(module.stateDict());

            assertThat(report.isCompatible()).isTrue();
            assertThat(report).hasToString("<All keys matched successfully>");
        }

        @Test
        void namesWhatDoesNotFit() {
            StateDict state = StateDict.builder()
                    .put("scale", Tensor.zeros(3))
                    .put("layers.0.weight", Tensor.zeros(3, 2), Role.PARAMETER, StoredType.I64)
                    .put("layers.1.weight", Tensor.zeros(3, 2))
                    .build();

            SchemaReport report = StateDictSchema.of(module).check(state);

            assertThat(report.isCompatible()).isFalse();
            assertThat(report).hasToString("""
                    Missing key(s) in state_dict: "steps", "_extra_state".
                    Unexpected key(s) in state_dict: "layers.1.weight".
                    size mismatch for scale: the stored shape is [3], the declared shape is [2].
                    "layers.0.weight" is stored as I64 and declared as Tensor of F32: it loads if every value fits.""");
        }
    }

    @Nested
    class OfAClass {
        /** A class loader that has schemas, as a class output would. */
        private static final class Output extends ClassLoader {
            private final Map<String, String> resources;

            Output(ClassSchema... schemas) {
                super(StateDictSchemaTest.class.getClassLoader());
                this.resources = Arrays.stream(schemas)
                        .collect(Collectors.toMap(
                                schema -> ClassSchema.resourceName(schema.module()), SchemaJson::write));
            }

            @Override
            public @Nullable InputStream getResourceAsStream(String name) {
                String text = resources.get(name);
                return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            }
        }

        private static MemberSchema member(String key, MemberKind kind, String type, @Nullable String module) {
            return new MemberSchema(
                    key, kind, type, module, type.startsWith("List"), false, true, null, List.of(), null, 1);
        }

        private static MemberSchema tensor(String key, List<String> shape, List<String> formerly, int addedIn) {
            return new MemberSchema(
                    key,
                    MemberKind.PARAMETER,
                    "Tensor",
                    null,
                    false,
                    key.equals("bias"),
                    true,
                    shape,
                    formerly,
                    null,
                    addedIn);
        }

        private final ClassSchema linear = new ClassSchema(
                "Linear",
                2,
                false,
                null,
                List.of(
                        tensor("weight", List.of("out", "in"), List.of("w"), 1),
                        tensor("bias", List.of("out"), List.of(), 1),
                        tensor("gain", List.of("out"), List.of(), 2)),
                List.of("position_*"));
        private final ClassSchema net = new ClassSchema(
                "Net",
                1,
                false,
                null,
                List.of(
                        member("head", MemberKind.SUBMODULE, "Linear", "Linear"),
                        member("layers", MemberKind.SUBMODULE, "List<List<Linear>>", "Linear"),
                        member("any", MemberKind.SUBMODULE, "Stateful", null),
                        member("steps", MemberKind.COUNTER, "long", null)),
                List.of());

        private SchemaCheck check(Map<String, Integer> versions) {
            return new SchemaCheck(SchemaResources.read("Net", new Output(linear, net)), versions);
        }

        private static SchemaCheck.Stored stored(String key, Integer... shape) {
            StoredType type = key.equals("steps") ? StoredType.I64 : StoredType.F32;
            return new SchemaCheck.Stored(key, List.of(shape), type);
        }

        @Test
        void followsContainersFormerAndRetiredNamesAndWhatItDoesNotKnow() {
            SchemaReport report = check(Map.of())
                    .check(List.of(
                            stored("steps"),
                            stored("head.w", 3, 2),
                            stored("head.gain", 3),
                            stored("head.position_ids", 9),
                            stored("layers.0.1.weight", 4, 2),
                            stored("layers.0.1.gain", 4),
                            stored("any.thing.below", 1)));

            assertThat(report.isCompatible()).isTrue();
            assertThat(report.renamed()).isEqualTo(Map.of("head.w", "head.weight"));
            assertThat(report.retired()).containsExactly("head.position_ids");
        }

        @Test
        void asksForWhatEachElementOfAContainerMustHave() {
            SchemaReport report = check(Map.of())
                    .check(List.of(
                            stored("steps"),
                            stored("head.weight", 3, 2),
                            stored("head.gain", 3),
                            stored("layers.0.1.bias", 4)));

            assertThat(report.missing()).containsExactly("layers.0.1.weight", "layers.0.1.gain");
        }

        @Test
        void forgivesWhatCameWithALaterVersion() {
            SchemaReport report = check(Map.of("", 1)).check(List.of(stored("steps"), stored("head.weight", 3, 2)));

            assertThat(report.missing()).isEmpty();
        }

        @Test
        void anArrayHasOneDimension() {
            ClassSchema scaled = new ClassSchema(
                    "Scaled",
                    1,
                    false,
                    null,
                    List.of(
                            member("scale", MemberKind.PARAMETER, "float[]", null),
                            member("shift", MemberKind.PARAMETER, "float[]", null)),
                    List.of());
            SchemaNode schema = SchemaResources.read("Scaled", new Output(scaled));

            assertThat(new SchemaCheck(schema, Map.of())
                            .check(List.of(stored("scale", 2), stored("shift", 3)))
                            .isCompatible())
                    .isTrue();
            assertThat(new SchemaCheck(schema, Map.of())
                            .check(List.of(stored("scale", 2), stored("shift", 3, 1)))
                            .shapes())
                    .containsExactly("size mismatch for shift: the stored shape is [3, 1], the declared shape is [?].");
        }

        @Test
        void tiesAndMigrationsAreThoseOfTheClasses() {
            MemberSchema output = new MemberSchema(
                    "output",
                    MemberKind.PARAMETER,
                    "Tensor",
                    null,
                    false,
                    false,
                    true,
                    null,
                    List.of(),
                    "fc.weight",
                    1);
            ClassSchema tied = new ClassSchema(
                    "Tied",
                    1,
                    false,
                    null,
                    List.of(output, member("fc", MemberKind.SUBMODULE, "Migrating", "Migrating")),
                    List.of());
            ClassSchema migrating = new ClassSchema(
                    "Migrating",
                    2,
                    true,
                    null,
                    List.of(member("weight", MemberKind.PARAMETER, "Tensor", null)),
                    List.of());
            SchemaNode schema = SchemaResources.read("Tied", new Output(tied, migrating));

            assertThat(new SchemaCheck(schema, Map.of())
                            .check(List.of(stored("output", 3)))
                            .missing())
                    .isEmpty();
            assertThat(new SchemaCheck(schema, Map.of("fc", 1))
                            .check(List.of(stored("output", 3), stored("fc.kernel", 3)))
                            .migrations())
                    .hasSize(1);
        }

        @Test
        void bindsSymbolsWithinAModule() {
            SchemaReport report = check(Map.of())
                    .check(List.of(
                            stored("steps"),
                            stored("head.weight", 3, 2),
                            stored("head.bias", 4),
                            stored("head.gain", 3),
                            stored("layers.0.weight", 5, 5),
                            stored("layers.0.gain", 5)));

            assertThat(report.shapes())
                    .containsExactly("size mismatch for head.bias: the stored shape is [4], the declared shape is [out]"
                            + " with {out=3}.");
        }
    }

    /** What a schema says of a dict is what a load does with it. */
    @Nested
    class AgreesWithALoad {
        private final Tensor weight = Tensor.zeros(2);

        /** A module with a history, and with a child that was called "cv1". */
        private Stateful module(Consumer<StateVisitor> history, Consumer<StateVisitor> childHistory) {
            Stateful child = Modules.visiting(visitor -> {
                childHistory.accept(visitor);
                visitor.parameter("weight", weight);
            });
            return Modules.visiting(visitor -> {
                history.accept(visitor);
                visitor.formerly("conv", "cv1");
                visitor.submodule("conv", child);
            });
        }

        private static SchemaReport check(Stateful module, StateDictBuilder state) {
            StateDict dict = state.build();
            SchemaReport report = StateDictSchema.of(module).check(dict);
            if (report.isCompatible()) {
                assertThatCode(() -> module.loadStateDict(dict)).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> module.loadStateDict(dict)).isInstanceOf(StateDictLoadException.class);
            }
            return report;
        }

        private static StateDictBuilder state(String... keys) {
            StateDictBuilder builder = StateDict.builder();
            Arrays.stream(keys).forEach(key -> builder.put(key, Tensor.zeros(2)));
            return builder;
        }

        @Test
        void ofADeclaredTieOneNameIsEnough() {
            Stateful tied = Modules.visiting(visitor -> {
                visitor.parameter("first", weight);
                visitor.parameter("second", weight);
                visitor.parameter("third", weight);
                visitor.tiedTo("second", "first");
                visitor.tiedTo("third", "second");
            });

            assertThat(check(tied, state("third")).missing()).isEmpty();
            assertThat(check(tied, state()).missing()).containsExactly("first", "second", "third");
        }

        @Test
        void twoKeysForOnePlaceClash() {
            Stateful module = module(visitor -> {}, visitor -> visitor.formerly("weight", "w"));

            assertThat(check(module, state("cv1.w", "conv.weight")).clashes())
                    .containsExactly("The keys \"cv1.w\" and \"conv.weight\" both become \"conv.weight\".");
        }

        @Test
        void aNewerVersionClashes() {
            Stateful module = module(visitor -> {}, visitor -> visitor.version(2));

            assertThat(check(module, state("cv1.weight").version("cv1", 3)).clashes())
                    .containsExactly(
                            "The state of \"conv\" has version 3, and its class has version 2. Load it with the"
                                    + " newer class.");
        }

        @Test
        void versionsAreThoseOfRenamedModulesToo() {
            Stateful module = module(visitor -> {}, visitor -> {
                visitor.version(3);
                visitor.addedIn("weight", 3);
            });

            assertThat(check(module, state("cv1.weight").version("cv1", 2)).missing())
                    .isEmpty();
            assertThat(StateDictSchema.of(module)
                            .check(state().version("cv1", 3).build())
                            .missing())
                    .containsExactly("conv.weight");
        }

        @Test
        void whatAMigrationIsToChangeIsNotJudged() {
            Stateful module = module(
                    visitor -> {},
                    visitor -> visitor.version(2, (state, version) -> Map.of("weight", state.get("anything"))));

            SchemaReport older = check(module, state("cv1.anything").version("cv1", 1));

            assertThat(older.isCompatible()).isTrue();
            assertThat(older).hasToString("""
                    The state of "conv" has version 1, which its class migrates to version 2: only a load shows whether it fits.
                    1 key renamed: cv1.anything=conv.anything""");
            assertThat(check(module, state("cv1.anything").version("cv1", 2)).unexpected())
                    .containsExactly("cv1.anything");
        }
    }

    @Test
    void aClassWithoutASchemaIsRefused() {
        assertThatThrownBy(() -> StateDictSchema.of(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "there is no META-INF/statedict/java.lang.String.json on the class path of java.lang.String;"
                                + " is it a @StateModule class, compiled with the statedict processor?");
    }
}
