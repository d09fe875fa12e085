package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.StateDictSchema;
import dev.statedict.Stateful;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside each module class lies what its state dict is. */
class SchemaResourceTest {
    private static final String NET = Compiled.inExample("""
            @StateModule(version = 2)
            @Retired("position_*")
            public class Net extends Parts.Base implements NetState {
                @Parameter(shape = {"out", "in"}, formerly = "w") Tensor weight = Tensor.zeros(2, 3);
                @Buffer(addedIn = 2) long steps;
                @Buffer(persistent = false) Tensor mask;
                @Parameter Optional<Tensor> bias = Optional.empty();
                @Parameter @Parts.Nullable Tensor gain;
                @Parameter float @Parts.Nullable [] scale;
                @Parameter List<Tensor> scales = List.of();
                @TiedTo("weight") @Parameter Tensor output = weight;
                List<Net.Block[]> blocks = List.of();
                Map<String, ? extends Block> named = Map.of();
                Stateful other;
                @ExtraState String vocabulary;

                public Net() {}

                @StateModule
                static class Block implements Net_BlockState {
                    final Parts.Base base = new Parts.Base();
                }
            }
            """);
    private static final String PARTS = Compiled.inExample("""
            interface Parts {
                @java.lang.annotation.Target({java.lang.annotation.ElementType.FIELD, java.lang.annotation.ElementType.TYPE_USE})
                @interface Nullable {}

                @StateModule
                class Base implements Parts_BaseState {}
            }
            """);

    private static final String NET_SCHEMA = """
            {
              "module": "example.Net",
              "version": 2,
              "superclass": "example.Parts$Base",
              "members": [
                {
                  "key": "weight",
                  "kind": "parameter",
                  "type": "Tensor",
                  "shape": [
                    "out",
                    "in"
                  ],
                  "formerly": [
                    "w"
                  ]
                },
                {
                  "key": "steps",
                  "kind": "counter",
                  "type": "long",
                  "addedIn": 2
                },
                {
                  "key": "mask",
                  "kind": "buffer",
                  "type": "Tensor",
                  "persistent": false
                },
                {
                  "key": "bias",
                  "kind": "parameter",
                  "type": "Optional<Tensor>",
                  "optional": true
                },
                {
                  "key": "gain",
                  "kind": "parameter",
                  "type": "Tensor",
                  "optional": true
                },
                {
                  "key": "scale",
                  "kind": "parameter",
                  "type": "float[]",
                  "optional": true
                },
                {
                  "key": "scales",
                  "kind": "parameter",
                  "type": "List<Tensor>",
                  "container": true
                },
                {
                  "key": "output",
                  "kind": "parameter",
                  "type": "Tensor",
                  "tiedTo": "weight"
                },
                {
                  "key": "blocks",
                  "kind": "submodule",
                  "type": "List<Block[]>",
                  "module": "example.Net$Block",
                  "container": true
                },
                {
                  "key": "named",
                  "kind": "submodule",
                  "type": "Map<String, ? extends Block>",
                  "container": true
                },
                {
                  "key": "other",
                  "kind": "submodule",
                  "type": "Stateful"
                },
                {
                  "key": "_extra_state",
                  "kind": "extra state",
                  "type": "String"
                }
              ],
              "retired": [
                "position_*"
              ]
            }
            """;

    @Test
    void itIsReadable() {
        Compiled compiled = Compiled.withOptions(List.of(), NET, PARTS);

        assertThat(compiled.resource("META-INF/statedict/example.Net.json")).isEqualTo(NET_SCHEMA);
        assertThat(compiled.resource("META-INF/statedict/example.Net$Block.json"))
                .isEqualTo("""
                        {
                          "module": "example.Net$Block",
                          "version": 1,
                          "members": [
                            {
                              "key": "base",
                              "kind": "submodule",
                              "type": "Base",
                              "module": "example.Parts$Base"
                            }
                          ]
                        }
                        """);
    }

    @Test
    void eclipsesCompilerWritesTheSame(@TempDir Path directory) throws Exception {
        EclipseCompiled compiled = EclipseCompiled.in(directory, List.of(), NET, PARTS);

        assertThat(compiled.errors()).isEmpty();
        assertThat(Files.readString(compiled.output().resolve("META-INF/statedict/example.Net.json")))
                .isEqualTo(NET_SCHEMA);
    }

    @Test
    void itIsReadAtRunTime() {
        Stateful net = Compiled.withOptions(List.of(), NET, PARTS).create(Stateful.class, "example.Net");

        assertThat(StateDictSchema.of(net.getClass())).hasToString("""
                Net
                  weight: parameter Tensor [out, in]
                  bias: parameter Optional<Tensor> (optional)
                  gain: parameter Tensor (optional)
                  scale: parameter float[] [?] (optional)
                  output: parameter Tensor
                  steps: counter long []
                  _extra_state: String
                  scales.*: parameter List<Tensor> (optional)
                  named.*.**: Stateful (optional)
                  other.**: Stateful (optional)""");
        assertThat(StateDictSchema.of(net.getClass()).check(net.stateDict()).isCompatible())
                .isTrue();
    }

    @Test
    void aSubclassThatAddsNothingHasOneToo() {
        Compiled compiled =
                Compiled.withOptions(List.of(), NET, PARTS, Compiled.inExample("class Special extends Net {}"));

        assertThat(compiled.resource("META-INF/statedict/example.Special.json")).isEqualTo("""
                        {
                          "module": "example.Special",
                          "version": 2,
                          "superclass": "example.Net",
                          "members": []
                        }
                        """);
    }

    @Test
    void anAbstractSubmoduleIsOfAClassThatIsNotKnown() {
        assertThat(Compiled.strictly(Compiled.inExample("""
                        @StateModule
                        abstract class Block implements BlockState {}
                        """), Compiled.inExample("""
                        @StateModule
                        class Net implements NetState {
                            Block block;
                        }
                        """))
                        .resource("META-INF/statedict/example.Net.json"))
                .contains("\"type\": \"Block\"")
                .doesNotContain("example.Block");
    }
}
