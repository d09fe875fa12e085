package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.Modules.Linear;
import dev.statedict.StateDictSchema.Entry;
import dev.statedict.schema.ClassSchema;
import dev.statedict.schema.MemberKind;
import dev.statedict.schema.MemberSchema;
import dev.statedict.schema.SchemaJson;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
                    "layers.0.weight" is stored as I64 and declared as Tensor: it loads if every value fits.""");
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
                null,
                List.of(
                        tensor("weight", List.of("out", "in"), List.of("w"), 1),
                        tensor("bias", List.of("out"), List.of(), 1),
                        tensor("gain", List.of("out"), List.of(), 2)),
                List.of("position_*"));
        private final ClassSchema net = new ClassSchema(
                "Net",
                1,
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

        private static StateDictSchema.StoredEntry stored(String key, Integer... shape) {
            StoredType type = key.equals("steps") ? StoredType.I64 : StoredType.F32;
            return new StateDictSchema.StoredEntry(key, List.of(shape), type);
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

    @Test
    void aClassWithoutASchemaIsRefused() {
        assertThatThrownBy(() -> StateDictSchema.of(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "there is no META-INF/statedict/java.lang.String.json on the class path of java.lang.String;"
                                + " is it a @StateModule class, compiled with the statedict processor?");
    }
}
